const everyMs = 100;

/** One line of a terminal that says how far it is; nothing where nobody looks. */
export function progressLine(): { readonly show: (words: string) => void; readonly clear: () => void } {
  const live = process.stderr.isTTY;
  let last = 0;
  return {
    show: (words) => {
      if (!live || performance.now() - last < everyMs) return;
      last = performance.now();
      process.stderr.write(`\r${words}\u001b[K`);
    },
    clear: () => { if (live) process.stderr.write('\r\u001b[K'); },
  };
}

const units = ['字节', 'KB', 'MB', 'GB', 'TB'];
export function sized(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
