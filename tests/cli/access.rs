//! Logins and devices on the command line.
use serde_json::Value;

use super::{done, refused, with_tree};

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The code of a key that nobody uses.
const CODE: &str = "03030303-03030303-03030303-03030303-03030303-03030303-03030303-03030303-";

fn code() -> String {
    let key: [u8; 32] = [3; 32];
    let code = wangge::grid::fact::key_code(&key);
    assert!(code.starts_with(CODE));
    code
}

#[test]
fn a_login_is_given_listed_and_closed() {
    let home = with_tree();
    done(&home, &["record", "post", "张三", "兰江街道", "--post", "leader"]);
    done(&home, &["record", "post", "李四", "云山街道", "--post", "leader"]);
    assert_eq!(done(&home, &["account"]), "还没有给过用户名：wangge account give 用户名 --person 姓名\n");
    assert_eq!(done(&home, &["account", "give", "zhangsan", "--person", "张三"]), "用户名 zhangsan 归张三了\n");
    assert_eq!(done(&home, &["account"]), "zhangsan         张三\n");
    let listed = json_lines(&done(&home, &["account", "--json"]));
    assert_eq!((&listed[0]["login"], &listed[0]["name"]), (&Value::from("zhangsan"), &Value::from("张三")));
    // The store is shared now: who says that they are somebody may do what that person may.
    let no = refused(&home, &["account", "give", "lisi", "--person", "张三", "--as", "李四"]);
    assert!(no.starts_with("李四没有在兰江街道管理的权限；可以请兰江街道"), "{no}");
    // Its owner gives and closes without one.
    assert_eq!(
        done(&home, &["account", "close", "zhangsan"]),
        "用户名 zhangsan 停用了，不再归张三；以前的记录不受影响\n"
    );
    assert_eq!(refused(&home, &["account", "close", "zhangsan"]), "用户名 zhangsan 现在不归任何人");
    assert!(refused(&home, &["account", "give", "Root", "--person", "张三"]).contains("不是服务器上的用户名"));
}

#[test]
fn a_device_is_enrolled_by_its_code_and_revoked_from_a_day_on() {
    let home = with_tree();
    done(&home, &["record", "post", "张三", "兰江街道", "--post", "leader"]);
    let own = done(&home, &["device"]);
    assert!(own.starts_with("本机 ") && own.contains("\n设备码 "), "{own}");
    assert!(refused(&home, &["device", "enroll", &code()[1..], "--person", "张三"]).starts_with("设备码不对"));
    assert_eq!(
        done(&home, &["device", "enroll", &code(), "--person", "张三", "--name", "办公室笔记本"]),
        "「办公室笔记本」登记好了，是张三的\n"
    );
    let again = refused(&home, &["device", "enroll", &code(), "--person", "张三"]);
    assert_eq!(again, "这台设备已经登记为「办公室笔记本」，是张三的");
    let listed = json_lines(&done(&home, &["device", "--json"]));
    assert_eq!(listed.len(), 2);
    assert_eq!((&listed[1]["name"], &listed[1]["revoked_from"]), (&Value::from("办公室笔记本"), &Value::Null));
    assert_eq!(listed[1]["code"], Value::from(code()));
    let device = listed[1]["device"].as_str().unwrap().to_owned();
    let revoke = ["device", "revoke", &device[..6], "--from", "2026-11-20", "--reason", "被盗"];
    assert_eq!(done(&home, &revoke), "「办公室笔记本」自 2026-11-20 起停用；这天以后它写的有 0 条，留着等裁定\n");
    assert!(done(&home, &["device"]).contains("办公室笔记本 自 2026-11-20 起停用"));
    assert_eq!(refused(&home, &revoke), "设备「办公室笔记本」已经停用");
    assert!(refused(&home, &["device", "revoke", "没有", "--from", "-1", "--reason", "x"]).starts_with("没有登记过"));
}

#[test]
fn verify_prints_the_head_of_a_month() {
    let home = with_tree();
    let said = done(&home, &["verify", "--period", "2026-11"]);
    assert!(said.contains("核对了 1 个签名、0 个回执"), "{said}");
    let head = said.lines().find(|line| line.starts_with("2026-11 收到 ")).unwrap().to_owned();
    assert!(head.rsplit_once(' ').unwrap().1.len() == 64, "{head}");
    // Writing it down again changes it, looking again does not.
    assert!(done(&home, &["verify", "--period", "2026-11"]).contains(&head));
    done(&home, &["record", "post", "张三", "兰江街道", "--post", "leader"]);
    assert!(!done(&home, &["verify", "--period", "2026-11"]).contains(&head));
    assert!(refused(&home, &["verify", "--period", "十一月"]).contains("不是月份"));
}
