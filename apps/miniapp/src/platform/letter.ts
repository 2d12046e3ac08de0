import Taro from '@tarojs/taro';
import { keepInBrowser } from './h5/files.ts';
import { currentToken, renew } from './session.ts';
import { apiUrl, Failure, refusalIn } from './wire.ts';

const docx = 'docx';
/** The Word file of an answer, in the phone's reader; a browser keeps it. What needs a session cannot be a plain address. @throws Failure */
export async function openLetter(handlingId: string, round: number): Promise<void> {
  const url = apiUrl(`/handlings/${encodeURIComponent(handlingId)}/letter?round=${round}`);
  const used = currentToken();
  const status = await fetched(url, used);
  if (status === 200) return;
  const again = status === 401 && await renew(used) ? await fetched(url, currentToken()) : status;
  if (again !== 200) throw new Failure(again, refusalIn(again, undefined));
}

async function fetched(url: string, token: string | undefined): Promise<number> {
  const header = { authorization: `Bearer ${token ?? ''}` };
  if (process.env.TARO_ENV === 'h5') return keepInBrowser(url, header, `提案答复函.${docx}`);
  const { statusCode, tempFilePath } = await Taro.downloadFile({ url, header });
  if (statusCode === 200) await Taro.openDocument({ filePath: tempFilePath, fileType: docx, showMenu: true });
  return statusCode;
}
