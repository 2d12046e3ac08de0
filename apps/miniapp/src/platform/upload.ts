import Taro from '@tarojs/taro';
import type { FileView } from '@lvzhi/contracts';
import { chooseInBrowser, isHeld, sendFromBrowser } from './h5/files.ts';
import type { Sent } from './h5/files.ts';
import { online } from './network.ts';
import { currentToken, renew } from './session.ts';
import { apiUrl, Failure, refusalIn } from './wire.ts';

export interface Chosen { readonly path: string; readonly name: string; readonly size: number; readonly picture: boolean }

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Photos from the album or the camera. Empty: the person changed their mind. */
export async function choosePhotos(count: number): Promise<Chosen[]> {
  if (process.env.TARO_ENV === 'h5') return chooseInBrowser('image/*', count);
  try {
    const { tempFiles } = await Taro.chooseMedia({ count: Math.min(count, 9), mediaType: ['image'], sizeType: ['compressed'], sourceType: ['album', 'camera'] });
    return tempFiles.map(({ tempFilePath, size }) => ({ path: tempFilePath, name: nameOf(tempFilePath), size, picture: true }));
  } catch { return []; }
}
/** Papers: in WeChat they come from a chat, in a browser from the disk. */
export async function choosePapers(count: number): Promise<Chosen[]> {
  if (process.env.TARO_ENV === 'h5') return chooseInBrowser('.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.jpg,.jpeg,.png', count);
  try {
    const { tempFiles } = await Taro.chooseMessageFile({ count, type: 'file' });
    return tempFiles.map(({ path, name, size }) => ({ path, name, size, picture: false }));
  } catch { return []; }
}

/** Puts the file where WeChat does not clear it away before it could be sent; the old place when there is no room. */
export function holdOnTo(path: string): Promise<string> {
  if (process.env.TARO_ENV === 'h5') return Promise.resolve(path);
  return new Promise((resolve) => {
    Taro.getFileSystemManager().saveFile({ tempFilePath: path, success: ({ savedFilePath }) => { resolve(savedFilePath); }, fail: () => { resolve(path); } });
  });
}

/** What was kept until it was sent is not needed any more. */
export function letGo(path: string): void {
  if (process.env.TARO_ENV !== 'h5') Taro.getFileSystemManager().removeSavedFile({ filePath: path, fail: () => undefined });
}

type SendOnce = (chosen: Pick<Chosen, 'path' | 'name'>, key: string, onPercent: (percent: number) => void) => Promise<Sent>;
const notSent = new Failure(0, { reason: '没有传上去，有网络后会再传。' });

const sendFromPhone: SendOnce = ({ path, name }, key, onPercent) => new Promise((resolve, reject) => {
  const task = Taro.uploadFile({
    url: apiUrl('/files'), filePath: path, name: 'file', formData: { key, name }, header: { authorization: `Bearer ${currentToken() ?? ''}` }, timeout: 120_000,
    success: ({ statusCode, data }) => { resolve({ status: statusCode, data }); },
    fail: ({ errMsg }) => {
      if (/not found|not exist|no such file/i.test(errMsg)) { reject(new Failure(400, { reason: '手机上已经没有这个文件，请删去后重新选' })); return; }
      online.set(false); reject(notSent);
    },
  });
  task.onProgressUpdate(({ progress }) => { onPercent(progress); });
  // Taro answers by a promise as well; `fail` above has said it already.
  task.catch(() => undefined);
});

const sendOnce: SendOnce = process.env.TARO_ENV === 'h5'
  ? (chosen, key, onPercent) => sendFromBrowser(apiUrl('/files'), currentToken() ?? '', { ...chosen, key }, onPercent).catch(() => { throw notSent; })
  : sendFromPhone;

async function sent(...call: Parameters<SendOnce>): Promise<FileView> {
  if (process.env.TARO_ENV === 'h5' && !isHeld(call[0].path)) throw new Failure(400, { reason: '页面刷新过，请删去后重新选' });
  const { status, data } = await sendOnce(...call);
  const body = parsed(data);
  if (status >= 200 && status < 300) return body as FileView;
  throw new Failure(status, refusalIn(status, body));
}
function parsed(data: string): unknown { try { return JSON.parse(data); } catch { return data; } }

/** Sends one file under its key; the same key again brings the same file. `onPercent` 0…100. @throws Failure; status 0 may be tried again */
export async function upload(chosen: Pick<Chosen, 'path' | 'name'>, key: string, onPercent: (percent: number) => void): Promise<FileView> {
  const used = currentToken();
  try { return await sent(chosen, key, onPercent); } catch (error) {
    if (!(error instanceof Failure) || error.status !== 401 || !(await renew(used))) throw error;
    return sent(chosen, key, onPercent);
  }
}
