import { NoAnswer, ServerSaid } from './api.ts';
import type { Refusal } from '@lvzhi/contracts';

function refusalIn(text: string): Refusal {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && 'reason' in said && typeof said.reason === 'string') return said as Refusal;
  } catch { /* a proxy's page, not the server's words: the sentence below is said instead */ }
  return { reason: '服务器没有办成，请过一会儿再试' };
}

/** Sends one file and says how much of it has left, 0 to 1. @throws ServerSaid, NoAnswer */
export function sendFile<T>(url: string, file: File, key: string, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const [request, form] = [new XMLHttpRequest(), new FormData()];
    form.set('key', key);
    form.set('name', file.name);
    form.set('file', file);
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => { if (lengthComputable) onProgress(loaded / total); });
    request.addEventListener('load', () => { if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T); else reject(new ServerSaid(request.status, refusalIn(request.responseText))); });
    for (const end of ['error', 'abort', 'timeout'] as const) request.addEventListener(end, () => reject(new NoAnswer()));
    request.open('POST', `/api${url}`);
    request.setRequestHeader('x-lvzhi', 'desk');
    request.send(form);
  });
}

/** Fetches a file as this person and hands it to the browser to keep; answers what the server said beside it. @throws ServerSaid, NoAnswer */
export async function saveFile(url: string, name: string): Promise<Headers> {
  const answer = await fetch(`/api${url}`, { headers: { 'x-lvzhi': 'desk' }, credentials: 'same-origin' }).catch(() => { throw new NoAnswer(); });
  if (!answer.ok) throw new ServerSaid(answer.status, refusalIn(await answer.text()));
  const place = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = place;
  link.download = name;
  link.click();
  // The browser has taken it by then; until that it must not be let go.
  setTimeout(() => URL.revokeObjectURL(place), 60_000);
  return answer.headers;
}
