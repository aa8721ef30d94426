"""How the sheets of others call the columns of the catalogue, and the codes that stand in them.

Headings stand here without unit, year, blanks and brackets (`imports.rules.headings` takes those away). Words
that could mean two codes are left out: they are asked about, and the answer is remembered.
"""

from projects.choices import (
    Condition,
    Funding,
    Kind,
    Milestone,
    PartyRole,
    RecordType,
    Sector,
    Stage,
    Vocabulary,
)

HEADINGS = {
    "serial": "序号 序 编号 顺序号 行号 NO No.",
    "code": "项目编号 记录编号 本站编号",
    "slug": "网址简称",
    "version": "版本 版本号",
    "name": "项目名称 名称 项目 工程名称 建设项目 建设项目名称 项目名 重点项目名称 工程项目名称 子项目名称",
    "name_en": "英文名称 项目英文名称 英文名",
    "aliases": "其他名称 别名 曾用名 又名 项目别名",
    "kind": (
        "项目类别 项目类型 类别 项目分类 建设类别 所属类别 行业类别 项目性质类别 领域 项目领域 所属领域"
    ),
    "sector": "产业 行业 产业集群 所属产业 所属行业 产业类别 产业类型 产业链 所属产业链 产业领域",
    "record_type": "记录类型 项目形态 项目类型",
    "place": (
        "建设地点 所在地 地点 项目地点 项目所在地 建设地址 地址 项目地址 所在园区 所属园区 所属街镇 "
        "街镇 所在街镇 镇街 所在镇街 所属镇街 属地 位置 建设位置 落户园区 落地园区"
    ),
    "department": (
        "责任单位 牵头单位 主管单位 行业主管部门 主管部门 牵头责任单位 责任部门 牵头部门 "
        "市级主管部门 区级责任单位 填报单位 报送单位 服务单位 推进单位 督导单位 责任主体 "
        "牵头责任部门 区级牵头单位 实施责任单位"
    ),
    "parent": "隶属于 所属项目 上级项目 所属总项目 总项目 所属打包项目",
    "national_code": (
        "项目代码 投资项目代码 国家项目代码 统一项目代码 项目统一代码 投资项目统一代码 在线平台代码"
    ),
    "stage": (
        "进展阶段 阶段 项目阶段 建设阶段 当前阶段 目前阶段 项目状态 建设状态 推进阶段 所处阶段 项目所处阶段"
    ),
    "condition": "状态 推进状态 是否停工",
    "funding": "资金来源 投资性质 投资类别 投资主体性质 资金性质 投资类型 资金类别 资金来源性质",
    "total_investment": (
        "总投资 投资总额 总投资额 计划总投资 项目总投资 估算总投资 概算总投资 投资规模 总投资估算 "
        "总投资概算 项目投资总额 项目总投资额 投资总规模 计划总投资额 估算投资 投资额 总投资金额"
    ),
    "agreed_investment": (
        "协议投资 协议投资额 签约金额 合同投资额 协议引资 签约投资 签约投资额 协议总投资 合同引资 协议金额"
    ),
    "invested_to_date": (
        "累计完成投资额 已完成投资 累计完成投资 开工以来累计完成投资 自开工以来累计完成投资 累计投资 "
        "累计已完成投资 开工累计完成投资 已完成投资额 开工至今累计完成投资 总累计完成投资 "
        "累计完成总投资 自开工累计完成投资 开工以来完成投资 项目累计完成投资"
    ),
    "invested_in_period": (
        "完成投资 当年完成投资 本年完成投资 年度完成投资 今年完成投资 本年累计完成投资 "
        "当年累计完成投资 今年累计完成投资 年度累计完成投资 本月完成投资 当月完成投资 实际完成投资 "
        "今年以来完成投资 今年以来累计完成投资 年内完成投资 已完成年度投资 年初以来完成投资 "
        "年初至今完成投资 本期完成投资"
    ),
    "annual_plan": (
        "年度计划投资 年度投资计划 计划投资 年计划投资 年投资计划 投资计划 本年计划投资 当年计划投资 "
        "今年计划投资 年度计划 年度计划完成投资 计划完成投资 年度目标 年度投资目标 年度计划投资额 "
        "当年投资计划 本年投资计划 今年投资计划 预计完成投资 年度目标投资 年度投资"
    ),
    "funds": "到位资金 资金到位 累计到位资金 已到位资金 资金到位额 到位资金额",
    "progress": (
        "形象进度 工程进度 完成进度 建设进度 施工进度 完成比例 进度 工程形象进度 完工率 完成百分比 完成率"
    ),
    "works": (
        "建设内容 进展情况 建设内容进展 目前进展 项目进展 工作进展 工程进展 当前进展 最新进展 推进情况 "
        "建设进展 进度情况 目前进展情况 项目进展情况 形象进度 工程形象进度 当前形象进度 目前形象进度 "
        "主要进展 建设进展情况 形象进度描述 存在进展"
    ),
    "years": (
        "建设年限 建设起止年限 建设起止时间 建设起止年月 建设起止日期 建设起止年份 建设起止 起止年限 "
        "起止时间 起止年月 起止日期 项目建设年限 项目起止年限 项目起止时间 计划建设年限"
    ),
    "note": "备注 说明 备注说明 附注",
    "section": "来源章节 章节 出处章节",
    "paragraph": "来源段落 段落 出处段落",
    "sentence": "来源句 句 句序 出处句",
    "organisation": "单位名称 企业名称 机构 公司名称 机构名称 法人单位 企业",
    "organisation_en": "单位英文名称 企业英文名称 机构英文名称 公司英文名称",
    "milestone": "节点名称",
    "promised": "计划时间 预计时间",
    "actual": "实际时间 完成时间",
    "statement": "指标 指标名称 数据项 数据名称 数据项目 事项 填报事项 指标项 数据指标 项目指标",
    "said_value": "数值 值 指标值 数据 数据值 填报值 取值 填报数据",
    "said_unit": "计量单位 数值单位 数据单位 金额单位 单位",
    "said_as_of": "截至日期 截至时间 截止日期 截止时间 截至 数据日期 数据时间 数据截至日期 时点 数据时点",
    "said_period": "所属期 所属时期 所属期间 期间 时期 所属年度 年度 年份 所属月份 数据期间",
    "credit_code": "统一社会信用代码 社会信用代码 信用代码 统一信用代码",
    "role": "角色 参与角色 身份 单位角色",
    "project": "项目编号 所属项目编号",
    "owner": (
        "业主 业主单位 建设单位 项目业主 项目单位 项目法人 实施主体 建设主体 业主名称 建设业主 承建主体"
    ),
    "investor": "投资方 投资主体 投资单位 投资企业 投资商 投资人 投资业主",
    "builder": "施工单位 承建单位 施工企业 总承包单位 施工方 施工总承包单位 承建方",
    "operator": "运营单位 运营方 运营主体 运营企业 使用单位",
    "agency": "主管机构",
}

# The steps as headings name them.
STEPS = {
    Milestone.SIGNED: "签约 签订协议 协议签订",
    Milestone.APPROVED: "备案/核准 备案 核准 立项 批复 审批",
    Milestone.STARTED: "开工 开工建设 动工 入场施工 开建",
    Milestone.STRUCTURE: "主体完工 主体封顶 封顶 主体结构封顶",
    Milestone.COMPLETED: "竣工 完工 建成 竣工验收 竣(完)工 完(竣)工 竣完工 完竣工 建设完成",
    Milestone.OPERATING: (
        "投产/投用 投产 投用 投产投用 投入使用 建成投产 竣工投产 竣工投用 建成投用 通车 运营 投运 试生产投产"
    ),
    Milestone.FULL_CAPACITY: "达产 全面达产 达产达效",
}
TIMES = ("时间", "日期", "年月", "时间节点", "节点", "月份", "年份", "")
PROMISED = ("计划", "预计", "拟", "目标", "预期", "承诺")
ACTUAL = ("实际", "已", "真实")

# What stands in the cells, besides the code and its words in both languages.
CODES: dict[type[Vocabulary], dict[Vocabulary, str]] = {
    Stage: {
        Stage.PLANNED: "谋划阶段 策划 拟建 储备 谋划储备 规划 规划阶段 意向 在谈 策划阶段 储备阶段 谋划中",
        Stage.SIGNED: "已签约 签约阶段 签订协议",
        Stage.PREPARING: (
            "前期工作 前期阶段 前期准备 前期手续 前期工作阶段 开展前期工作 前期工作中 前期推进 落地 "
            "筹建 前期项目"
        ),
        Stage.BUILDING: (
            "建设中 在建项目 在建阶段 施工 施工中 已开工 正在建设 建设 建设阶段 在施 施工阶段 正在施工"
        ),
        Stage.COMPLETED: "已竣工 完工 已完工 建成 已建成 竣工阶段 已竣工验收 竣工验收",
        Stage.OPERATING: (
            "投产 投用 已投产 已投用 投入使用 已投入使用 运营 运营中 已投产投用 建成投产 建成投用 "
            "投产投用 已运营 通车"
        ),
    },
    Condition: {
        Condition.ACTIVE: "正常推进 推进中 正常实施 正常建设",
        Condition.PAUSED: "已停工 停建 暂停 中止 停工中",
        Condition.DEFERRED: "暂缓 缓建中 暂缓实施 暂缓建设",
        Condition.CANCELLED: "已终止 取消 撤销 终止实施 取消建设",
    },
    Kind: {
        Kind.INDUSTRIAL: "工业项目 产业 制造业 工业类 先进制造业 工业制造",
        Kind.LOGISTICS: "物流项目 现代物流 物流类 商贸物流",
        Kind.TRANSPORT: "交通项目 交通基础设施 交通类 交通运输 道路交通",
        Kind.WATER: "水利项目 水利工程 水利类 水利设施 水利基础设施",
        Kind.ENERGY: "能源项目 能源类 电力 新能源",
        Kind.DIGITAL: "数字 信息 数字经济 信息化 数字信息类 新基建 大数据",
        Kind.HEALTH: "医疗 卫生 医疗卫生 康养 养老 卫生健康 医疗康养类",
        Kind.URBAN: "城建 城市 城市更新 市政 市政基础设施 房地产 城市建设类 市政工程 城市基础设施 城镇建设",
        Kind.TOURISM: "旅游 文化旅游 文旅项目 文旅融合 文旅类 文化旅游类",
        Kind.AGRICULTURE: "农业项目 农林 农业农村 农林水 乡村振兴 农业类 现代农业",
        Kind.OTHER: "其它 其他项目",
    },
    Sector: {
        Sector.LIGHT_ALLOY: "轻合金 铝合金 轻合金产业 轻合金新材料",
        Sector.SMART_EQUIPMENT: "智能装备 装备制造 智能制造 高端装备",
        Sector.FOOD: "食品 食品及农产品加工 农产品加工 食品产业",
        Sector.PREFAB_BUILDING: "装配式 装配式建筑产业 新型建材",
        Sector.INFORMATION_SECURITY: "信安 信息安全产业",
        Sector.GAS_CHEMISTRY: "天然气 气化工 天然气化工产业",
        Sector.EMERGING: "其它 新兴产业 其他新兴产业",
    },
    Funding: {
        Funding.GOVERNMENT: "政府 政府性投资 财政资金 财政 财政投资 国有投资 政府资金 国有资金",
        Funding.PRIVATE: "社会 民间投资 企业投资 企业自筹 民营 社会资本 民间资本 自筹 民营投资 企业",
        Funding.MIXED: "混合 政府和社会资本合作 PPP 政企合作",
    },
    RecordType: {
        RecordType.BASE: "基地 中心",
        RecordType.FACILITY: "场馆 院所",
        RecordType.PROGRAMME: "规划 综合",
        RecordType.EXPANSION: "扩能 新产线 技改",
        RecordType.BID: "申报 创建",
    },
    PartyRole: {
        PartyRole.OWNER: "业主单位 建设单位 项目业主 项目单位",
        PartyRole.INVESTOR: "投资主体 投资单位 投资企业",
        PartyRole.BUILDER: "承建单位 施工企业 施工",
        PartyRole.OPERATOR: "运营方 运营主体",
        PartyRole.AGENCY: "主管部门 主管单位",
    },
}


def step_headings(milestone: Milestone, before: tuple[str, ...]) -> tuple[str, ...]:
    """`计划开工时间`, `开工计划时间`, `开工时间计划`, `计划开工`; with no words before, `开工时间`."""
    steps = STEPS[milestone].split()
    if not before:
        return tuple(f"{step}{time}" for step in steps for time in TIMES if time)
    pairs = [(step, word) for step in steps for word in before]
    first = (f"{word}{step}{time}" for step, word in pairs for time in TIMES)
    second = (f"{step}{word}{time}" for step, word in pairs for time in TIMES)
    return (*first, *second, *(f"{step}{time}{word}" for step, word in pairs for time in TIMES[:4]))
