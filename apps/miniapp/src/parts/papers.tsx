import { View } from '@tarojs/components';
import { useState } from 'react';
import type { FileView } from '@lvzhi/contracts';
import { api } from '../platform/api.ts';
import { openFile, say, showPictures } from '../platform/device.ts';
import { reasonOf, rootUrl } from '../platform/wire.ts';
import { Row } from './plain.tsx';

const sizeWords = (bytes: number): string => (bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);

/** What was handed in with the text: pictures open full screen, papers in the phone's reader. The address is good for 5 minutes, so it is asked for on the tap. */
export function Papers({ files }: { files: readonly FileView[] }) {
  const [opening, setOpening] = useState('');
  const open = async (file: FileView) => {
    setOpening(file.id);
    try {
      if (!file.picture) { await openFile(rootUrl((await api.openFile({ id: file.id })).url)); return; }
      const pictures = files.filter(({ picture }) => picture);
      const urls = await Promise.all(pictures.map(async ({ id }) => rootUrl((await api.openFile({ id })).url)));
      showPictures(urls, urls[pictures.indexOf(file)] ?? '');
    } catch (error) { say(reasonOf(error)); } finally { setOpening(''); }
  };
  return <View className="card flush">
    {files.map((file) => <Row key={file.id} icon={file.picture ? 'cam' : 'doc'} title={file.name} note={opening === file.id ? '正在打开…' : sizeWords(file.size)} onTap={() => { void open(file); }} />)}
  </View>;
}
