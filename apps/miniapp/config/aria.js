const path = require('path');
const names = { 'aria-role': '', 'aria-label': '', 'aria-checked': '', 'aria-selected': '', 'aria-hidden': '' };
const tags = ['View', 'Text', 'Button', 'Input', 'Textarea', 'Image', 'Switch', 'Picker'];
const components = Object.fromEntries(tags.map((tag) => [tag, names]));

/** Taro's WXML templates leave out aria-*: this puts them in, and tells the runtime (aria-runtime.js) the same. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      platform.template.mergeComponents(ctx, components);
      platform.runtimePath = [platform.runtimePath].flat().concat(path.resolve(__dirname, 'aria-runtime.js'));
    },
  });
};
