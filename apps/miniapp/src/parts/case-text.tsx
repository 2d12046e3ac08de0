import { Text, View } from '@tarojs/components';
import type { SubmissionView } from '@lvzhi/contracts';
import { partWords } from '@lvzhi/domain';

/** The text as it was written, part by part; selectable. */
export const CaseText = ({ text }: Pick<SubmissionView, 'text'>) => <View className="dif">
  {(['situation', 'analysis', 'suggestion'] as const).filter((part) => text[part] !== '').map((part) => <View key={part} className="part"><View className="strong">{partWords[part]}</View><Text selectable userSelect>{text[part]}</Text></View>)}
</View>;
