// Runs before first paint; a file and not inline, so that script-src 'self' holds.
(function () {
  var c = null;
  try { c = localStorage.getItem('colloquy.theme'); } catch (e) { /* storage blocked */ }
  var d = c === 'dark' || (c !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = d ? 'dark' : 'light';
})();
