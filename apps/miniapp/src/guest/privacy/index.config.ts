export default { navigationBarTitleText: '隐私说明' };
