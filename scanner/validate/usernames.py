"""Words that stand where a user name stands and name no person: service accounts, placeholders, types."""

from __future__ import annotations

import polars as pl

_SERVICE = """
root admin administrator superuser sudo operator system sys daemon nobody guest user users username user_name
login logon nickname nick account anonymous anon everyone public default demo test tester testuser sample
example foo bar baz dev developer staging prod production deploy deployer service svc support info help
contact webmaster hostmaster postmaster noreply no-reply bot robot crawler jenkins ci git github gitlab runner
docker vagrant ansible terraform ubuntu debian centos fedora ec2-user azureuser opc pi nginx apache httpd
www-data tomcat mysql mariadb postgres postgresql pgsql oracle redis mongo mongodb elastic elasticsearch
kibana grafana prometheus rabbitmq kafka hadoop spark hive sa dbo scott localhost
"""
_PLACEHOLDER = """
null none nil nan na n/a undefined unknown empty blank missing required optional string str text varchar char
int integer number boolean bool bytes optional union any object input getpass quote true false yes no ok failed
failure success successful error invalid
valid denied expired deleted removed redacted hidden masked changeme your_username yourusername your-username
my_username myusername user1 user2 user01 user123 admin1 test1 test123 xxx xxxx http https self this request
session password passwd email
"""
_OTHER_LANGUAGES = """
없음 비회원 손님 관리자 운영자 익명 알수없음 게스트 탈퇴회원 탈퇴한회원 필수 중복확인
无 管理员 匿名 游客 访客 匿名用户 匿名买家 未知 默认 不详 無 管理員 訪客 遊客 匿名使用者 系統 系统 必填
khách admin_vn không ẩn_danh không_có ゲスト 管理者 匿名希望 名無し なし 未設定 不明 退会済み زائر مجهول مدير المدير
"""
_WORDS = """
a an and any are at be by can cannot could each enter from has have if in into is may must my new not of on only or
please should that the their these this to unique was were when which who will with would you your id name names
"""
_PHRASES = ["ẩn danh", "không có", "khách hàng", "لا يوجد", "غير معروف", "알 수 없음", "탈퇴한 회원"]
_NOT_PEOPLE = [*_SERVICE.split(), *_PLACEHOLDER.split(), *_OTHER_LANGUAGES.split(), *_WORDS.split(), *_PHRASES]

# Expressions of programs: an attribute of a well-known object, or a variable that is named after what it holds.
_PROGRAM = (
    r"^(?:req|request|res|self|this|user|data|config|cfg|env|os|process|params|args|form|props|state|options|settings|body"
    r"|input|payload|credentials|event|ctx|row|item|profile|auth|session|db|app)\."
    r"|[.](?:encode|decode|strip|lower|get|value|text)$|_(?:info|name|data|value|header)$"
    r"|(?:^|[._-])(?:users?|user_?name|nick_?name|login|user_?id|name)$"
    r"|^(?:get|set|current|new|old|my|your|the|default|test|db|auth|is|has|to|from)[_.]?(?:user|login|nick|account)"
    r"(?:[_.]?(?:name|id))?[0-9]*$"
)


def username(values: pl.Series) -> pl.Series:
    """Reject service accounts, placeholders and program text; String to Int8, -1 or 0 (nothing proves a name)."""
    plain = values.str.strip_chars(" \"'<>[](){}").str.to_lowercase()
    nobody = plain.is_in(_NOT_PEOPLE) | plain.str.contains(_PROGRAM)
    return -nobody.fill_null(False).cast(pl.Int8)


VALIDATORS = {"username": username}
