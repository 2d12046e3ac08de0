/** 涉密处置 closes a document. `marked`: for everybody, until a second person has decided. `disposed`: the text is gone, the document and what happened to it stay. */
export type Closure = 'open' | 'marked' | 'disposed';

const words = { open: undefined, marked: '这件正在作涉密核查，核查完以前谁也不能办理', disposed: '这件已作涉密处置，内容已经清除，不能再办理' } as const satisfies Record<Closure, string | undefined>;
/** Why nothing can be done with it; undefined: it is open. */
export const whyClosed = (closure: Closure | undefined): string | undefined => words[closure ?? 'open'];
