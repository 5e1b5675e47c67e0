// Search of this site runs in a worker, which browsers allow to no page that is opened from a disk. There, this runs the
// worker's script in a hidden frame instead. The theme loads it with its `offline` plugin; over a server it does nothing.
(() => {
  if (location.protocol !== "file:") return;
  // The theme asks for this name to know that its worker runs in a frame.
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      this.onmessage = this.onerror = null;
      this.waiting = [];
      const frame = (this.frame = document.createElement("iframe"));
      frame.hidden = true;
      document.body.append(frame);
      const inner = frame.contentWindow;
      inner.postMessage = (data) =>
        this.tell(new MessageEvent("message", { data }));
      inner.importScripts = (...urls) =>
        urls.reduce((before, each) => before.then(() => this.load(each)), Promise.resolve());
      this.load(url).then(
        () => this.waiting.splice(0).forEach((data) => this.send(data)),
        () => this.tell(new ErrorEvent("error", { message: `${url} cannot be loaded` })),
      );
    }
    load(url) {
      return new Promise((done, failed) => {
        const script = this.frame.contentDocument.createElement("script");
        script.src = String(url);
        script.onload = () => {
          this.loaded = true;
          done();
        };
        script.onerror = failed;
        this.frame.contentDocument.body.append(script);
      });
    }
    tell(event) {
      this[`on${event.type}`]?.(event);
      this.dispatchEvent(event);
    }
    send(data) {
      this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }
    postMessage(data) {
      if (this.loaded) this.send(data);
      else this.waiting.push(data);
    }
    terminate() {
      this.frame.remove();
    }
  };
})();
