/** Files in a browser: what only the H5 build runs, so it may use what a mini-program lacks. */
interface Picked { readonly path: string; readonly name: string; readonly size: number; readonly picture: boolean }
/** How the server answered, before it is read. */
export interface Sent { readonly status: number; readonly data: string }

/** What was chosen, by its blob address: our content security policy lets nobody fetch such an address again. */
const held = new Map<string, File>();
/** False after the page was loaded anew: the browser keeps the file no longer. */
export const isHeld = (path: string): boolean => held.has(path);

export function chooseInBrowser(accept: string, count: number): Promise<Picked[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file'; input.accept = accept; input.multiple = count > 1; input.style.display = 'none';
    document.body.appendChild(input);
    const end = (chosen: Picked[]) => { input.remove(); resolve(chosen); };
    input.addEventListener('cancel', () => { end([]); });
    input.addEventListener('change', () => {
      end([...(input.files ?? [])].slice(0, count).map((file) => {
        const path = window.URL.createObjectURL(file);
        held.set(path, file);
        return { path, name: file.name, size: file.size, picture: file.type.startsWith('image/') };
      }));
    });
    input.click();
  });
}

/** @throws when nothing came back */
export function sendFromBrowser(url: string, token: string, { path, name, key }: { path: string; name: string; key: string }, onPercent: (percent: number) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('key', key); form.append('name', name); form.append('file', held.get(path) ?? new Blob(), name);
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => { onPercent(Math.round((loaded / total) * 100)); };
    request.onload = () => { resolve({ status: request.status, data: request.responseText }); };
    request.onerror = () => { reject(new Error('no answer')); };
    request.send(form);
  });
}

/** Fetches a file as this person and hands it to the browser to keep; answers the status. @throws when nothing came back */
export async function keepInBrowser(url: string, headers: Record<string, string>, name: string): Promise<number> {
  const answer = await window.fetch(url, { headers });
  if (!answer.ok) return answer.status;
  const place = window.URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = place;
  link.download = name;
  link.click();
  // The browser has taken it by then; until that it must not be let go.
  setTimeout(() => { window.URL.revokeObjectURL(place); }, 60_000);
  return answer.status;
}
