import type { Written } from './writing.ts';

/** A change of one paragraph: `at` counts the lines of its part from 0; `after` '' takes the paragraph out, lines in it make several. */
export interface ParagraphChange { readonly part: keyof Written; readonly at: number; readonly after: string }

/** The paragraphs of a part: its lines, blank ones too, so that a change finds its place. */
export const paragraphsOf = (text: string): string[] => text.split('\n');

/** The text with these changes made; the others stay as they are. */
export function withChanges(text: Written, changes: readonly ParagraphChange[]): Written {
  const part = (name: keyof Written): string => {
    const mine = new Map(changes.filter((it) => it.part === name).map(({ at, after }) => [at, after]));
    if (mine.size === 0) return text[name];
    return paragraphsOf(text[name]).flatMap((line, at) => { const after = mine.get(at); return after === undefined ? [line] : after.trim() === '' ? [] : [after.trim()]; }).join('\n');
  };
  return { title: part('title'), situation: part('situation'), analysis: part('analysis'), suggestion: part('suggestion') };
}
