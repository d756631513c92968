// When has a click been answered? The clock starts with the pointer and stops when the period's label has
// changed (or what else it was told to look for is there), the script has ended, and nothing in the page has
// been repainted for two frames.
(() => {
  const app = () => document.querySelector('[data-testid="stApp"]');
  const label = () => (document.querySelector(".st-key-period button")?.innerText ?? "").trim();
  let sought = "";
  let started = 0;
  let touched = 0;
  let wanted = "";
  const watch = new MutationObserver(() => { touched = performance.now(); });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  document.addEventListener("click", () => { if (!started) { started = performance.now(); touched = started; } }, true);

  const isAnswered = () =>
    started > 0
    && (sought ? document.querySelector(sought) !== null : label().startsWith(wanted))
    && app()?.getAttribute("data-test-script-state") === "notRunning"
    && !document.querySelector('[data-stale="true"]');

  window.clickProbe = {
    arm(text, selector = "") { wanted = text; sought = selector; started = 0; },
    done() {
      return new Promise((resolve) => {
        let still = 0;
        let last = -1;
        const look = () => {
          if (isAnswered() && touched === last) still += 1;
          else still = 0;
          last = touched;
          if (still >= 2) resolve(touched - started);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    },
  };
})();
