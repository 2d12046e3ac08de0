import { Image, Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Catalogue } from '@lvzhi/contracts';
import { a11y } from '../../parts/a11y.ts';
import { Sheet } from '../../parts/chip.tsx';
import { Field } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Btn, Btns, Note } from '../../parts/plain.tsx';
import type { Draft, DraftFile } from '../../platform/draft.ts';
import { choosePapers, choosePhotos } from '../../platform/upload.ts';
import type { Files, FileState } from './use-files.ts';

/** As many as the contract takes. */
const mostSeals = 10;
const stateWords = (file: DraftFile, state: FileState | undefined): string => {
  if (file.id !== null) return '已上传';
  if (!state || 'waiting' in state) return '等待';
  return 'percent' in state ? `${state.percent}%` : '没传上';
};

/** Photos and papers of the draft, each with how far it is. `seal`: its pages with signature or seal instead, as they are called. */
export function Attachments({ draft, files, rules, fault, seal }: { draft: Draft; files: Files; rules: Catalogue; fault: string | undefined; seal?: { readonly label: string; readonly hint: string } }) {
  const [shown, setShown] = useState<string>();
  const own = draft.files.filter((file) => (file.seal === true) === (seal !== undefined));
  const max = seal ? mostSeals : rules[draft.kind].limits.files;
  const room = max - own.length;
  const choose = async (from: typeof choosePhotos) => { const chosen = await from(room); if (chosen.length > 0) files.add(chosen, rules.files.phoneBytes, seal && true); };
  const current = own.find(({ key }) => key === shown);
  return <Field id={seal ? 'f-seals' : 'f-fileIds'} label={seal?.label ?? '照片和材料'} hint={seal?.hint ?? `${own.length} / ${max}`} fault={fault}>
    <View className="att">
      {own.map((file) => <View key={file.key} className="att-one" {...a11y({ role: 'button', label: `${file.name}，${stateWords(file, files.states[file.key])}` })} onClick={() => { setShown(file.key); }}>
        {file.picture && file.path !== null ? <Image className="att-pic" mode="aspectFill" src={file.path} {...(process.env.TARO_ENV === 'h5' && { nativeProps: { alt: '' } })} /> : <View className="att-file">{file.name}</View>}
        <Text className="att-said">{stateWords(file, files.states[file.key])}</Text>
      </View>)}
      {room > 0 && <View className="att-add" hoverClass="pressed" {...a11y({ role: 'button', label: seal ? `拍${seal.label}` : '添加照片' })} onClick={() => { void choose(choosePhotos); }}><Icon name="cam" /><Text>照片</Text></View>}
      {room > 0 && <View className="att-add" hoverClass="pressed" {...a11y({ role: 'button', label: seal ? `从文件选${seal.label}` : '添加文件' })} onClick={() => { void choose(choosePapers); }}><Icon name="clip" /><Text>文件</Text></View>}
    </View>
    {process.env.TARO_ENV === 'weapp' && !seal && <View className="cap">文件从微信聊天里选：先把它发给“文件传输助手”。</View>}
    {current && <OneFile file={current} state={files.states[current.key]} files={files} onClose={() => { setShown(undefined); }} />}
  </Field>;
}

function OneFile({ file, state, files, onClose }: { file: DraftFile; state: FileState | undefined; files: Files; onClose: () => void }) {
  const waits = file.id === null && (!state || 'waiting' in state);
  return <Sheet title={file.name} onClose={onClose}>
    {state && 'refused' in state ? <Note tone="x">{state.refused}</Note> : <Text>{file.id !== null ? '已经上传。' : waits ? '还没有传上，有网络后自动上传。' : '正在上传。'}</Text>}
    <Btns>
      {waits && <Btn onTap={() => { void files.settle(); onClose(); }}>现在上传</Btn>}
      <Btn danger onTap={() => { files.remove(file.key); onClose(); }}>删去这个附件</Btn>
    </Btns>
  </Sheet>;
}
