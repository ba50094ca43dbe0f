// Puts two of many side by side, and replays recorded runs on their own clock. Without it all of them stand below each other as tables.

const SPEEDS = [1, 4, 16];
const PAUSE = 1000; // ms between two events where the reader wants no motion

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Two of the parts of a page, chosen by the reader. */
class Pair {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.parts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-ok-choice]")]);
    this.controls = make("div", "ok-pair-controls");
    this.choices = ["Left", "Right"].map((label, place) => this.#choice(label, place));
    this.both = make("button");
    this.both.type = "button";
    this.both.addEventListener("click", () => this.#switch(root.classList.contains("ok-pair-all")));
    this.controls.append(...this.choices.map(({ label }) => label), this.both);
    root.prepend(this.controls);
    this.#switch(true);
  }

  /** The two that are shown. */
  get shown() {
    return this.choices.map(({ select }) => /** @type {HTMLElement} */ (this.parts[select.selectedIndex]));
  }

  /** Called when other parts are shown. */
  changed() {}

  /**
   * @param {string} label
   * @param {number} place
   */
  #choice(label, place) {
    const select = make("select");
    select.append(...this.parts.map((part) => new Option(part.ariaLabel ?? "")));
    const linked = this.parts.findIndex((part) => part.dataset.okChoice === location.hash.slice(1));
    select.selectedIndex = place === 0 && linked >= 0 ? linked : place === 1 && linked === 1 ? 0 : Math.min(place, this.parts.length - 1);
    select.addEventListener("change", () => this.#show());
    const around = make("label");
    around.append(`${label} `, select);
    return { label: around, select };
  }

  /** @param {boolean} two whether two stand side by side, or all below each other */
  #switch(two) {
    this.root.classList.toggle("ok-pair-all", !two);
    this.both.textContent = two ? "Show all below each other" : "Show two side by side";
    this.#show();
  }

  #show() {
    const two = !this.root.classList.contains("ok-pair-all");
    const [left, right] = this.shown;
    for (const part of this.parts) {
      part.hidden = two && part !== left && part !== right;
      part.classList.toggle("ok-second", two && part === right && part !== left);
    }
    this.changed();
  }
}

/** Two recorded runs on one clock: step five fails, and the reader has them go on. */
class Replay extends Pair {
  #act = 1;
  #now = 0; // seconds since the command of this act
  /** @type {Map<Element, Row[]>} */
  #known = new Map();
  /** @type {number | undefined} the frame or the timer that goes on */
  #going;
  #last = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.play = this.#button("Play", () => (this.#going === undefined ? this.#start() : this.#stop()));
    this.next = this.#button("Next event", () => this.#step());
    this.resume = this.#button("Resume", () => this.#begin(2));
    this.again = this.#button("Start again", () => this.#begin(1));
    this.speed = make("select");
    this.speed.append(...SPEEDS.map((speed) => new Option(`${speed} ×`, String(speed))));
    const around = make("label");
    around.append("Speed ", this.speed);
    this.clock = make("output", "ok-clock");
    this.spoken = make("p", "ok-hidden");
    this.spoken.setAttribute("role", "status");
    const bar = make("div", "ok-pair-controls ok-player");
    bar.append(this.play, this.next, this.resume, this.again, around, this.clock);
    this.controls.after(bar, this.spoken);
    this.bar = bar;
    this.changed();
  }

  /** @override */
  changed() {
    if (this.bar === undefined) return; // not made yet
    const all = this.root.classList.contains("ok-pair-all");
    this.bar.hidden = all;
    if (all) {
      this.#stop();
      for (const act of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll(".ok-act"))) {
        act.hidden = false;
        for (const row of this.#rows(act)) row.draw(Infinity);
      }
    } else this.#begin(1, false);
  }

  get #acts() {
    return [...new Set(this.shown)].flatMap((part) => [.../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll(`[data-ok-act="${this.#act}"]`))]);
  }

  get #end() {
    return Math.max(0, ...this.#acts.map((act) => Number(act.dataset.okSeconds)));
  }

  /**
   * @param {number} act
   * @param {boolean} [playing]
   */
  #begin(act, playing = act === 2) {
    this.#stop();
    this.#act = act;
    this.#now = 0;
    for (const part of new Set(this.shown)) {
      for (const one of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-ok-act]"))) {
        one.hidden = Number(one.dataset.okAct) > act;
        for (const said of one.querySelectorAll("details")) {
          said.hidden = Number(one.dataset.okAct) === act;
          said.open = false;
        }
      }
    }
    this.#draw();
    if (playing) this.#start();
  }

  #start() {
    if (this.#now >= this.#end) this.#now = 0;
    this.play.textContent = "Pause";
    this.#last = performance.now();
    this.#go();
  }

  #stop() {
    if (this.#going !== undefined) {
      cancelAnimationFrame(this.#going);
      clearTimeout(this.#going);
    }
    this.#going = undefined;
    this.play.textContent = "Play";
  }

  #go() {
    if (calm.matches) {
      this.#going = window.setTimeout(() => {
        this.#step();
        if (this.#now < this.#end) this.#go();
        else this.#stop();
      }, PAUSE);
      return;
    }
    this.#going = requestAnimationFrame((time) => {
      this.#now = Math.min(this.#end, this.#now + (Math.max(0, time - this.#last) / 1000) * Number(this.speed.value));
      this.#last = time;
      this.#draw();
      if (this.#now < this.#end) this.#go();
      else this.#stop();
    });
  }

  /** Go to the next moment at which something begins or ends. */
  #step() {
    const moments = this.#acts.flatMap((act) => this.#rows(act).flatMap(({ from, to }) => [from, to]));
    this.#now = Math.min(this.#end, ...moments.filter((moment) => moment > this.#now));
    this.#draw();
  }

  #draw() {
    const news = [];
    for (const act of this.#acts) {
      for (const row of this.#rows(act)) {
        const said = row.draw(this.#now);
        if (said) news.push(`${act.closest("section")?.ariaLabel}: ${said}`);
      }
      const ended = this.#now >= Number(act.dataset.okSeconds);
      for (const said of act.querySelectorAll("details")) {
        if (said.hidden && ended) said.open = this.#act === 1;
        said.hidden = !ended;
      }
    }
    this.clock.textContent = `${this.#now.toFixed(1)} s of ${this.#end.toFixed(1)} s`;
    this.next.disabled = this.#now >= this.#end;
    this.resume.disabled = this.#act === 2 || this.#now < this.#end;
    if (news.length > 0) this.spoken.textContent = news.join(". ");
  }

  /** @param {Element} act */
  #rows(act) {
    const known = this.#known.get(act) ?? [.../** @type {NodeListOf<HTMLElement>} */ (act.querySelectorAll("tr[data-ok-from]"))].map((row) => new Row(row));
    this.#known.set(act, known);
    return known;
  }

  /**
   * @param {string} label
   * @param {() => void} action
   */
  #button(label, action) {
    const made = make("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", action);
    return made;
  }
}

/** One step of a recorded run. */
class Row {
  /** @param {HTMLElement} row */
  constructor(row) {
    this.row = row;
    this.from = Number(row.dataset.okFrom);
    this.to = Number(row.dataset.okTo);
    this.cell = /** @type {HTMLElement} */ (row.lastElementChild);
    this.recorded = this.cell.textContent ?? "";
    this.bar = row.querySelector("rect:not(.ok-track)"); // none while the tool is starting
    this.width = Number(this.bar?.getAttribute("width") ?? 0);
  }

  /**
   * Draw the step as it was at a moment; return what is new.
   * @param {number} now
   * @returns {string | null}
   */
  draw(now) {
    const done = now >= this.to ? 1 : now <= this.from ? 0 : (now - this.from) / (this.to - this.from);
    const state = now >= this.to ? this.recorded : now < this.from || now === 0 ? "waits" : "runs";
    this.bar?.setAttribute("width", String(this.width * done));
    this.row.classList.toggle("ok-waiting", now < this.to);
    if (this.cell.textContent === state) return null;
    this.cell.textContent = state;
    return now >= this.to && this.row.matches(".ok-wrong, .ok-again") ? `${this.row.firstElementChild?.textContent} ${this.recorded}` : null;
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [style]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, style = "") {
  const made = document.createElement(tag);
  made.className = style;
  return made;
}

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-ok-pair]"))) {
  if (root.querySelectorAll("[data-ok-choice]").length < 2) continue;
  if (root.dataset.okPair === "replay") new Replay(root);
  else new Pair(root);
}
