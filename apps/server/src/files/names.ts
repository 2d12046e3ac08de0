const longest = 120;

/** Cuts between characters, never inside one. */
const cut = (text: string, length: number): string => Array.from(text).slice(0, Math.max(0, length)).join('').trim();

/**
 * The name under which a file is kept and shown: the sender's own, in Chinese as it is, without folders, control and
 * direction-turning characters, and with the ending that its bytes call for. At most 120 characters.
 */
export function fileName(sent: string, extension: string): string {
  const plain = shownName(sent);
  const dot = /\.(?<ending>[a-z][a-z0-9]{1,4})$/i.exec(plain);
  const same = dot?.groups?.['ending']?.toLowerCase();
  const ending = same === extension || (same === 'jpeg' && extension === 'jpg') ? dot?.[0] ?? '' : `.${extension}`;
  const stem = (dot ? plain.slice(0, dot.index) : plain).replace(/[.\s]+$/u, '');
  return `${cut(stem, longest - ending.length) || '附件'}${ending}`;
}

/** The sent name made harmless, for a refusal's words; its ending is still the sender's. */
export function shownName(sent: string): string {
  const last = sent.normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '').replace(/["*:<>?|]/gu, '_').replace(/\s+/gu, ' ').replace(/^[.\s]+|[.\s]+$/gu, '');
  if (Array.from(plain).length <= longest) return plain || '附件';
  const ending = /\.[a-z0-9]{1,5}$/i.exec(plain)?.[0] ?? '';
  return `${cut(plain.slice(0, plain.length - ending.length), longest - ending.length)}${ending}`;
}
