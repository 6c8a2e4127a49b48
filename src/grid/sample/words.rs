//! What names are made of.

/// What stands before a trade name, with its weight.
pub(super) const PREFIXES: [(&str, usize); 4] = [("兰溪市", 12), ("浙江", 4), ("兰溪", 2), ("金华", 1)];

/// First characters of trade names.
pub(super) const FIRST: &str = "华鑫恒泰瑞宏盛天金永康达丰和嘉德信诚荣昌兴隆利源顺宇博创新卓明辉凯旭东方圣龙凤祥吉万福百汇联众正立远志高科精益佳美伟业云溪兰阳双江山海银星光晨春振腾力通航";

/// Second characters of trade names.
pub(super) const SECOND: &str = "达源泰盛隆兴昌丰瑞祥和诚信德荣华利顺康宇博创新辉凯旭阳升腾飞越翔龙鹏程远志高科捷益佳美伟业成立邦国民宝鼎铭锦绣怡悦欣乐安宁晟赫煜琪润泽沃禾";

/// Surnames, the common ones of the county more than once.
pub(super) const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛章葛童郎徐方陈胡叶吴徐祝";

/// Characters of given names.
pub(super) const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国志海燕波辉鹏飞云峰宁浩宇轩梓涵欣怡佳琪雪琳慧颖婷洁晨阳文斌俊健龙凤春秋月光荣生林森江河山川永祥福寿康宁德仁义信学友良才";
