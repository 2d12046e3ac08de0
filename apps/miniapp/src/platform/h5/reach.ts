/** What browsers have and WeChat does not: a keyboard, and boxes inside Taro's own elements that take no name from them. */

const touched = '[role=button], [role=tab], [role=radio], [role=checkbox]';
function press(event: KeyboardEvent): void {
  if ((event.key !== 'Enter' && event.key !== ' ') || !(event.target instanceof HTMLElement) || !event.target.matches(touched)) return;
  event.preventDefault();
  event.target.click();
}
function nameBoxes(): void {
  // What scrolls can be scrolled by keyboard, even where there is nothing to touch.
  for (const page of document.querySelectorAll('.taro_page:not([tabindex])')) page.setAttribute('tabindex', '0');
  for (const box of document.querySelectorAll('[aria-label] > input:not([aria-label]), [aria-label] > textarea:not([aria-label])')) box.setAttribute('aria-label', box.parentElement?.getAttribute('aria-label') ?? '');
}

/** Enter and space touch what has the focus; each box is called what its element is called. */
export function reachByKeyboard(): void {
  document.addEventListener('keydown', press);
  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
}
