/** Light or dark follows the system until the reader, or ?theme= in the address, chooses. */
export function followTheme(button: HTMLElement, redraw: () => void): void {
  const root = document.documentElement, asked = new URLSearchParams(location.search).get("theme");
  if (asked === "dark" || asked === "light") root.dataset.theme = asked;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = (): void => {
    button.textContent = isDark() ? "Light" : "Dark";
    redraw();
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  system.addEventListener("change", show);
  button.textContent = isDark() ? "Light" : "Dark";
}
