export default { navigationBarTitleText: '初审' };
