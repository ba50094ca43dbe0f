/** The closed set of messages between page and worker. Every request is answered once; progress comes in between. */

/** `answers` names a channel of the page's own. Once the worker was `heard` through it, answers come that way, until then through the port. */
export type ToWorker =
  | { id: number; do: "start"; runtime: string; answers?: string }
  | { id: number; do: "call"; request: string; heard: boolean };

export type FromWorker =
  | { id: number; ok: true; reply: string }
  | { id: number; ok: false; error: string }
  | { progress: Progress };

export interface Progress {
  loaded: number;
  total: number;
}

export interface Change {
  name: string;
  value: string;
}

export interface Download {
  filename: string;
  media_type: string;
  text: string;
}

/** What `orchkit.bridge` answers; which fields are there depends on the request. */
export type Reply =
  | {
      ok: false;
      problems: string[];
      /** What has to be handed over before the request can be answered: a frozen release, or `particulars`. */
      needs?: string;
    }
  | {
      ok: true;
      html: string;
      state: string;
      fragment: string | null;
      announcement: string;
      /** What the tab shows and what was done in it, as Python encodes it: kept with the tab. */
      tab: string;
      /** The page has left what its address carries. */
      left: boolean;
      /** Something takes long and is not finished: ask `continue` when the reader does nothing. */
      more: boolean;
      problems: string[];
      damaged?: boolean;
      /** What was saved is for a newer release to read. */
      newer?: boolean;
      /** The page shows a link that is not the reader's own state. */
      linked?: boolean;
      download?: Download;
    };

/** What `bundle.json` says: the parts of the runtime, by their path below `runtime/`. */
export interface Bundle {
  interpreter: string;
  library: string;
  lock: { packages: Record<string, { file_name: string }> };
  files: File[];
  /** What only some pages show of the dataset. */
  particulars: File | null;
}

interface File {
  path: string;
  bytes: number;
  integrity: string;
}
