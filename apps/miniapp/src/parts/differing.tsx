import { Text, View } from '@tarojs/components';
import { differences } from '@lvzhi/domain';

/** One text against another: what was taken out struck through, what was put in marked. */
export const Differing = ({ before, after }: { before: string; after: string }) => (
  <View className="dif"><Text selectable userSelect>{differences(before, after).map(({ kind, text }, index) => <Text key={`${index} ${kind}`} className={kind === 'out' ? 'put-out' : kind === 'in' ? 'put-in' : ''}>{text}</Text>)}</Text></View>
);
/** How the two looks are read. */
export const DifferingWords = () => <><Text className="put-out">删去的</Text> <Text className="put-in">加上的</Text></>;
