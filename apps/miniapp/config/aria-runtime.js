import { mergeInternalComponents } from '@tarojs/shared';

const names = { 'aria-role': '', 'aria-label': '', 'aria-checked': '', 'aria-selected': '', 'aria-hidden': '' };
const tags = ['View', 'Text', 'Button', 'Input', 'Textarea', 'Image', 'Switch', 'Picker'];
mergeInternalComponents(Object.fromEntries(tags.map((tag) => [tag, names])));
