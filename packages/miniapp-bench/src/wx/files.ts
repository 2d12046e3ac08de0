/** What the phone keeps: WeChat's storage, and files that are picked, saved and opened. */
import type { Chosen, Phone } from '../phone.ts';
import type { Api } from './api.ts';

const most = 20;

/** The storage's failures as WeChat words them, under the name of what was called. */
function storing<T>(name: string, work: () => T): T {
  try { return work(); } catch (error) { throw Object.assign(new Error(), { errMsg: `${name}:fail ${(error as Error).message}` }); }
}

const storage = (phone: Phone, api: Api) => ({
  getStorageSync: (key: string) => phone.storage.get(key), setStorageSync: (key: string, value: unknown) => { storing('setStorageSync', () => { phone.storage.set(key, value); }); },
  removeStorageSync: (key: string) => { phone.storage.delete(key); }, clearStorageSync: () => { phone.storage.clear(); },
  getStorageInfoSync: () => ({ keys: phone.storage.keys, currentSize: phone.storage.size, limitSize: phone.storage.limit }),
  getStorage: api('getStorage', ({ key }) => { if (!phone.storage.keys.includes(String(key))) throw new Error('data not found'); return { data: phone.storage.get(String(key)) }; }),
  setStorage: api('setStorage', ({ key, data }) => { phone.storage.set(String(key), data); return {}; }),
  removeStorage: api('removeStorage', ({ key }) => { phone.storage.delete(String(key)); return {}; }),
});

function pick(phone: Phone, what: string, chosen: readonly Chosen[], count: unknown): readonly Chosen[] {
  phone.asked.push(what);
  if (chosen.length === 0) throw new Error('cancel');
  const taken = chosen.slice(0, Math.min(Number(count ?? most), most));
  for (const file of taken) phone.picked.set(file.path, file);
  return taken;
}

export const files = (phone: Phone, api: Api) => ({
  ...storage(phone, api),
  chooseMedia: api('chooseMedia', ({ count }) => ({ type: 'image', tempFiles: pick(phone, 'chooseMedia', phone.photos, count ?? 9).map(({ path, bytes }) => ({ tempFilePath: path, size: bytes.length, fileType: 'image' })) })),
  chooseMessageFile: api('chooseMessageFile', ({ count }) => ({ tempFiles: pick(phone, 'chooseMessageFile', phone.papers, count).map(({ path, name, bytes }) => ({ path, name, size: bytes.length, type: 'file', time: 0 })) })),
  openDocument: api('openDocument', ({ filePath }) => { phone.shown.push({ as: 'paper', words: String(filePath) }); return {}; }),
  getFileSystemManager: () => ({
    saveFile: api('saveFile', ({ tempFilePath }) => {
      const [path, file] = [`${String(tempFilePath)}#saved`, phone.picked.get(String(tempFilePath))];
      if (!file) throw new Error('tempFilePath file not exist');
      if (phone.full) throw new Error('the maximum size of the file storage limit is exceeded');
      phone.saved.set(path, file);
      phone.picked.delete(String(tempFilePath));
      return { savedFilePath: path };
    }),
    removeSavedFile: api('removeSavedFile', ({ filePath }) => { if (!phone.saved.delete(String(filePath))) throw new Error('file not exist'); return {}; }),
  }),
});
