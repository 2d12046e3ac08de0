import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { SubmissionView } from '@lvzhi/contracts';
import { a11y } from '../../parts/a11y.ts';
import { Field, Line, Tick } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { newKey } from '../../platform/keys.ts';
import { choosePhotos, upload } from '../../platform/upload.ts';
import { reasonOf } from '../../platform/wire.ts';

export interface Signature { readonly signer: string; readonly pages: readonly { readonly id: string; readonly name: string }[]; readonly signed: boolean }
export const whySigned = ({ pageNeeded, signerWords }: NonNullable<SubmissionView['collective']>, { signer, pages, signed }: Signature): string | undefined =>
  (signer.trim() === '' ? `请填写签名的${signerWords}` : pageNeeded && pages.length === 0 ? '请附上签名盖章页' : signed ? undefined : '请确认新的一稿已经签名盖章');

interface Props { of: NonNullable<SubmissionView['collective']>; value: Signature; onChange: (value: Signature) => void; fault: string }
/** 集体提案: what was accepted is another text, which is signed for the body again. */
export function SignatureFields({ of, value, onChange, fault }: Props) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const add = async () => {
    setTrouble('');
    const chosen = await choosePhotos(10 - value.pages.length);
    setBusy(true);
    try {
      const sent: { id: string; name: string }[] = [];
      for (const { path, name } of chosen) sent.push({ id: (await upload({ path, name }, newKey(), () => undefined)).id, name });
      onChange({ ...value, pages: [...value.pages, ...sent] });
    } catch (error) { setTrouble(reasonOf(error)); } finally { setBusy(false); }
  };
  return <Field id="f-signature" label="新的一稿，请重新签名盖章" hint={of.signerWords} {...((fault || trouble) && { fault: trouble || fault })}>
    <Line label={`签名的${of.signerWords}`} initial={value.signer} placeholder={`签名的${of.signerWords}姓名`} onType={(signer) => { onChange({ ...value, signer }); }} />
    <View className="att">
      {value.pages.map(({ id, name }) => <View key={id} className="att-one" {...a11y({ role: 'button', label: `删去 ${name}` })} onClick={() => { onChange({ ...value, pages: value.pages.filter((it) => it.id !== id) }); }}><View className="att-file">{name}</View><Text className="att-said">点一下删去</Text></View>)}
      {value.pages.length < 10 && <View className="att-add" hoverClass="pressed" {...a11y({ role: 'button', label: '添加签名盖章页' })} onClick={() => { if (!busy) void add(); }}><Icon name="cam" /><Text>{busy ? '上传中' : '盖章页'}</Text></View>}
    </View>
    <View className="cap">{of.pageNeeded ? '要附上签名盖章页的照片。' : '盖章页可以不附，原件请留存备查。'}</View>
    <Tick on={value.signed} onTap={() => { onChange({ ...value, signed: !value.signed }); }}>新的一稿{of.signedWords}</Tick>
  </Field>;
}
