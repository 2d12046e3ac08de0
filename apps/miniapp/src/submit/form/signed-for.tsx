import { Text, View } from '@tarojs/components';
import type { Catalogue, Proposing } from '@lvzhi/contracts';
import { hasSeal } from '@lvzhi/domain';
import { Field, Line, Opt, Tick } from '../../parts/form.tsx';
import { Note } from '../../parts/plain.tsx';
import type { Draft } from '../../platform/draft.ts';
import { Attachments } from './attachments.tsx';
import { optionOf } from './faults.ts';
import type { Faults, Whose } from './faults.ts';
import type { Editor } from './use-editor.ts';
import type { Files } from './use-files.ts';

interface Choosing { draft: Draft; whose: Whose; fault: string | undefined; onChoose: (collective: Draft['collective']) => void }
/** 以谁的名义: oneself, or a body that one speaks for. A proposal that is mended stays whose it was; who speaks for nobody sees none of it. */
export function InWhoseName({ draft, whose, fault, onChoose }: Choosing) {
  const { self, bodies } = whose;
  const option = optionOf(draft, whose);
  if (bodies.length === 0 && !draft.collective) return null;
  const fixed = draft.of !== null || !self && bodies.length === 1;
  const closed = option?.closed && draft.of === null ? option.closed : undefined;
  if (draft.of && !draft.collective) return null;
  return <Field id="f-collective" label="以谁的名义" {...(fault !== undefined && fault !== closed && { fault })}>
    {fixed ? <Text>{option ? `${option.body.name}，${option.kindWords}` : '您的职务现在不能代表这个单位，请联系市政协办公室核对'}</Text> : <>
      {self && <Opt title="自己" note="个人提案；请人联名的是联名提案" on={draft.collective === null} onTap={() => { onChoose(null); }} />}
      {bodies.map((it) => <Opt key={`${it.body.id} ${it.kind}`} title={it.body.name} note={it.kindWords} on={it === option} onTap={() => { onChoose({ bodyId: it.body.id, kind: it.kind, signer: it === option ? draft.collective?.signer ?? '' : '' }); }} />)}</>}
    {closed !== undefined && <Note tone={fault === closed ? 'x' : 'w'} icon="info" title="现在不收" alert={fault === closed}>{closed}</Note>}
  </Field>;
}

interface Signing { editor: Editor; files: Files; rules: Catalogue; option: Proposing | undefined; signed: boolean; faults: Faults; onSigned: (signed: boolean) => void }
/** Who signed for the body, the pages with signature or seal, and the word of whoever hands it in that they are there. */
export function SignedFor({ editor: { draft, edit, save, latest }, files, rules, option, signed, faults, onSigned }: Signing) {
  const { collective } = draft;
  if (!collective || !option) return null;
  const label = hasSeal(option.kind) ? '署名、盖章页' : '签名页';
  const write = (signer: string) => { const now = latest().collective; if (now) edit({ collective: { ...now, signer } }); };
  return <>
    <Field id="f-signer" label={`签名的${option.signerWords}`} fault={faults.signer ?? faults.signed}>
      <Line label={`签名的${option.signerWords}`} initial={collective.signer} placeholder="写姓名" onType={write} onLeave={save} />
      <View><Tick on={signed} onTap={() => { onSigned(!signed); }}>{option.signedWords}</Tick></View>
    </Field>
    <Attachments draft={draft} files={files} rules={rules} fault={faults.seals} seal={{ label, hint: option.pageNeeded ? '必须附上' : '选填，纸质件自己留存' }} />
  </>;
}
