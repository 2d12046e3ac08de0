import type { FileView, Proposing } from '@lvzhi/contracts';
import { Checkbox, Radio } from 'antd';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { newKey } from '../parts/entry-draft.ts';
import type { KeptFile } from '../parts/entry-draft.ts';
import { TextField } from '../parts/fields.tsx';
import { FileLink } from '../parts/file-link.tsx';
import { Icon } from '../parts/icons.tsx';
import type { OwnText } from '../parts/own-draft.ts';
import { ProblemNote } from '../parts/states.tsx';
import { useRun } from '../platform/run.ts';
import { sendFile } from '../platform/transfer.ts';

interface Part { readonly text: OwnText; readonly change: (part: Partial<OwnText>) => void; readonly wrong: Readonly<Record<string, string>> }
const placeOf = ({ bodyId, kind }: NonNullable<OwnText['whose']>): string => `${bodyId} ${kind}`;

/** In whose name. A proposal that is mended stays whose it was. */
export function Whose({ text, change, wrong, options, option, mends }: Part & { options: readonly Proposing[]; option: Proposing | undefined; mends: boolean }): ReactNode {
  const { whose } = text;
  return <section className="panel" aria-label="以谁的名义">
    {mends || options.length === 1 ? <p>以 <b>{option?.body.name ?? '本单位'}</b> 的名义提交，<span className="tag">{option?.kindWords ?? '集体提案'}</span></p>
      : <div className="field"><span className="lab">以谁的名义提交</span><Radio.Group aria-label="以谁的名义提交" value={whose ? placeOf(whose) : null} onChange={(event) => { const found = options.find(({ body, kind }) => placeOf({ bodyId: body.id, kind }) === event.target.value); if (found) change({ whose: { bodyId: found.body.id, kind: found.kind } }); }}>
        <div className="col">{options.map(({ body, kind, kindWords }) => <Radio key={placeOf({ bodyId: body.id, kind })} value={placeOf({ bodyId: body.id, kind })}>{body.name}，{kindWords}</Radio>)}</div></Radio.Group></div>}
    {wrong['collective'] && wrong['collective'] !== option?.closed && <span className="wrong" role="alert">{wrong['collective']}</span>}
    {option?.closed && !mends && <div className={`note ${wrong['collective'] ? 'x' : 'w'}`} role={wrong['collective'] ? 'alert' : 'note'}><Icon name="info" /><div>{option.closed}</div></div>}
  </section>;
}

/** Under which words the body signs, and whether the page must go with it. */
interface Signing { readonly signerWords: string; readonly signedWords: string; readonly pageNeeded: boolean; readonly sealed: boolean }
export interface Signature { readonly signer: string; readonly seals: readonly KeptFile[] }
interface SignedProps { readonly value: Signature; readonly change: (part: Partial<Signature>) => void; readonly wrong: { readonly signer?: string | undefined; readonly seals?: string | undefined; readonly signed?: string | undefined }; readonly of: Signing; readonly signed: boolean; readonly tick: (signed: boolean) => void }
/** Who signed, the pages with signature or seal, and the word of whoever hands it in that they are there. */
export function Signed({ value, change, wrong, of, signed, tick }: SignedProps): ReactNode {
  const { busy, problem, run } = useRun();
  const input = useRef<HTMLInputElement>(null);
  const what = of.sealed ? '署名、盖章页' : '签名页';
  const take = async (files: readonly File[]) => {
    const kept: FileView[] = [];
    await run(async () => { for (const file of files) kept.push(await sendFile<FileView>('/files', file, newKey(), () => undefined)); });
    if (input.current) input.current.value = '';
    if (kept.length > 0) change({ seals: [...value.seals, ...kept] });
  };
  return <section className="panel" aria-label={what}>
    <div className="two"><TextField label={`签名的${of.signerWords}`} value={value.signer} max={20} change={(signer) => change({ signer })} wrong={wrong.signer} /></div>
    <div className="rowx"><span className="lab">{what}</span><span className="cap">{of.pageNeeded ? '必须附上照片或扫描件' : '可以附照片或扫描件，纸质件自己留存'}</span><span className="push"><Btn small busy={busy} disabled={value.seals.length >= 10} onClick={() => input.current?.click()}>添加{what}</Btn></span></div>
    <input ref={input} type="file" aria-label={`${what}文件`} className="unseen" multiple accept="image/*,.heic,.pdf" onChange={(event) => void take([...event.target.files ?? []])} />
    {value.seals.map((file) => <FileLink key={file.id} file={file}><Btn small look="txt" onClick={() => change({ seals: value.seals.filter(({ id }) => id !== file.id) })}>去掉</Btn></FileLink>)}
    <ProblemNote problem={problem} />{wrong.seals && <span className="wrong" role="alert">{wrong.seals}</span>}
    <Checkbox checked={signed} onChange={(event) => tick(event.target.checked)}>{of.signedWords}</Checkbox>
    {wrong.signed && <span className="wrong" role="alert">{wrong.signed}</span>}
  </section>;
}
