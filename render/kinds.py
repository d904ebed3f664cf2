"""What the values of a record, a claim, an erratum or a change are called: badges, kinds, verdicts, topics; in both languages."""

BADGES = {
    "en": {
        "defined": "defined",
        "cited": "cited",
        "measured": "measured",
        "numeric": "agrees numerically",
        "exact": "exact at given sizes",
        "intervals": "proved with intervals",
        "symbolic": "shown symbolically",
        "proved": "proved for all T and all shapes",
    },
    "zh": {
        "defined": "定义",
        "cited": "引用",
        "measured": "实测",
        "numeric": "数值相符",
        "exact": "在给定尺寸下精确成立",
        "intervals": "由区间运算证明",
        "symbolic": "由符号运算得到",
        "proved": "对任意 T 与任意形状得证",
    },
}

KINDS = {
    "en": {
        "definition": "definition",
        "identity": "identity",
        "bound": "bound",
        "expectation": "expectation",
        "constant": "constant",
        "asymptotic": "asymptotic",
        "experiment": "experiment",
        "cited": "cited",
    },
    "zh": {
        "definition": "定义",
        "identity": "恒等式",
        "bound": "界",
        "expectation": "期望",
        "constant": "常数",
        "asymptotic": "渐近式",
        "experiment": "实验",
        "cited": "引用",
    },
}

VERDICTS = {
    "en": {"PASS": "pass", "FAIL": "fail", "UNCHECKED": "not checked", "INVALID": "not valid"},
    "zh": {"PASS": "通过", "FAIL": "不通过", "UNCHECKED": "未检验", "INVALID": "无效"},
}

CLAIM_VERDICTS = {
    "en": {"holds": "holds", "conditions": "holds under conditions", "misleading": "misleading", "false": "false"},
    "zh": {"holds": "成立", "conditions": "有条件成立", "misleading": "易误导", "false": "不成立"},
}

CLAIM_TOPICS = {
    "en": {
        "causes": "causes, in depth and in time",
        "effects": "what it does to training",
        "formulas": "formulas of the RNN",
        "scale": "activation, initialization, normalization",
        "paths": "gates, skips, attention",
        "steps": "clipping and lists of remedies",
    },
    "zh": {
        "causes": "成因：沿深度与沿时间",
        "effects": "对训练的影响",
        "formulas": "循环神经网络的公式",
        "scale": "激活、初始化与归一化",
        "paths": "门、残差与注意力",
        "steps": "裁剪与对策清单",
    },
}

NAMES_OF_LANGUAGES = {"en": {"en": "English", "zh": "Chinese"}, "zh": {"en": "英文", "zh": "中文"}}

ERRATA_FOUND = {
    "en": {
        "check": "a check of the program",
        "measurement": "a measurement or a figure that contradicted it",
        "reading": "a second, independent reading of the page",
        "rereading": "reading the page again",
        "source": "looking up the source",
        "reader": "a reader's report",
    },
    "zh": {
        "check": "程序的检验",
        "measurement": "与之矛盾的测量或图",
        "reading": "另一人独立重读",
        "rereading": "重读页面",
        "source": "核对文献原文",
        "reader": "读者来信",
    },
}

CHANGES = {
    "en": {"chapters": "Chapters", "practice": "In practice", "reference": "Reference", "results": "Results and checks", "figures": "Figures and experiments", "commands": "Commands"},
    "zh": {"chapters": "章节", "practice": "实践", "reference": "参考", "results": "结果与检验", "figures": "图与实验", "commands": "命令"},
}

CITING = {
    "en": {
        "plain": "Plain text",
        "whole": "{author} ({year}). {whole}. Version {version}. ADDRESS, read on DATE.",
        "part": "{author} ({year}). {title}. {where} of “{whole}”, version {version}. ADDRESS, read on DATE.",
        "in_tex": "{where} of ``{whole}''",
        "version": "Version {version}",
        "result": "Result {id}",
        "page": "Page",
    },
    "zh": {
        "plain": "纯文本",
        "author": "《{whole}》贡献者",
        "whole": "{author}：《{whole}》，{version} 版，{year} 年。网址，访问日期。",
        "part": "{author}：“{title}”，《{whole}》{version} 版，{where}，{year} 年。网址，访问日期。",
        "in_tex": "《{whole}》，{where}",
        "version": "{version} 版",
        "result": "结果 {id}",
        "page": "页面",
    },
}
