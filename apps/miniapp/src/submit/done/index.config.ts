export default { navigationBarTitleText: '已提交' };
