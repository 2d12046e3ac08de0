import Taro from '@tarojs/taro';

/** Asks before an act that cannot simply be taken back; both buttons repeat the act (撤回 / 先不撤). True: do it. */
export async function ask(words: { title: string; text: string; yes: string; no: string }): Promise<boolean> {
  const { confirm } = await Taro.showModal({ title: words.title, content: words.text, confirmText: words.yes, cancelText: words.no, confirmColor: '#15506B' });
  return confirm;
}
/** A short word about something that changed nothing else on the page. */
export function say(words: string): void { void Taro.showToast({ title: words, icon: 'none', duration: 2500 }); }
export async function call(phone: string): Promise<void> {
  try { await Taro.makePhoneCall({ phoneNumber: phone }); } catch { say(`电话：${phone}`); }
}
export function showPictures(urls: string[], current: string): void { void Taro.previewImage({ urls, current }); }

/** Opens a document that the server gave an address for; in a browser in a new tab. */
export async function openFile(url: string): Promise<void> {
  if (process.env.TARO_ENV === 'h5') { window.open(url, '_blank'); return; }
  const { tempFilePath } = await Taro.downloadFile({ url });
  await Taro.openDocument({ filePath: tempFilePath, showMenu: false });
}
export function title(words: string): void { void Taro.setNavigationBarTitle({ title: words }); }
export function stopPull(): void { Taro.stopPullDownRefresh(); }
/** The count at the tab 待办; none when there is nothing to do. */
export function badge(count: number): void {
  const quiet = () => undefined;
  if (count > 0) void Taro.setTabBarBadge({ index: 0, text: String(count) }).catch(quiet);
  else void Taro.removeTabBarBadge({ index: 0 }).catch(quiet);
}
export function scrollTo(id: string): void { void Taro.pageScrollTo({ selector: `#${id}`, offsetTop: -60, duration: 200 }).catch(() => undefined); }
/** The size of text that the person set in WeChat, px; 17 where it is not told. */
export function systemTextSize(): number {
  if (process.env.TARO_ENV === 'h5') return 17;
  const info = Taro.getAppBaseInfo();
  return 'fontSizeSetting' in info && typeof info.fontSizeSetting === 'number' ? info.fontSizeSetting : 17;
}

/** What has to be done before WeChat ends this program at our own wish: pages that hold unsaved words put theirs here. */
export const beforeEnd = new Set<() => void>();

/** A new version waits until the person agrees: nothing typed is lost by it, but a page would jump. */
export function offerUpdate(): void {
  if (process.env.TARO_ENV === 'h5') return;
  const manager = Taro.getUpdateManager();
  manager.onUpdateReady(() => {
    void ask({ title: '有新版本', text: '更新后重新打开，写了一半的内容还在。', yes: '现在更新', no: '下次再说' }).then((yes) => { if (!yes) return; for (const save of beforeEnd) save(); manager.applyUpdate(); });
  });
}
