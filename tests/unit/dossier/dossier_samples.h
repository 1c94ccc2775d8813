// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

namespace motcua::test {

/// A valid birth registration with every kind of member, made up.
inline Json aDossier()
{
    return Json::parse(R"({
        "code": "H26.131-261121-1001", "officialCode": null, "procedure": "1.001193", "channel": "counter",
        "returnBy": "counter", "status": "received", "receivedAt": "2026-11-21T01:02:03.000Z",
        "dueAt": "2026-11-23T10:00:00.000Z", "finishedAt": null, "returnedAt": null,
        "applicant": {"name": "Đặng Thị Ngọc Ánh", "personalId": "001184012345", "oldId": null,
            "birth": {"text": "1984", "precision": "year"}, "gender": "female",
            "address": "Thôn 3, xã Phúc Thọ", "phone": "0912345678", "email": "anh@example.vn"},
        "form": {"child": {"name": "Nguyễn An", "birth": {"text": "20/11/2026", "precision": "day"}}},
        "components": [{"code": "giay-chung-sinh", "name": "Giấy chứng sinh", "evidence": "handed-in",
            "originals": 1, "copies": 0, "files": [{"name": "chung sinh.pdf", "size": 12345,
            "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "type": "application/pdf"}]}],
        "fees": [{"code": "le-phi", "amount": 8000, "paidAt": null, "receiptNo": null}],
        "note": "", "catalogue": "2026-11"})");
}

} // namespace motcua::test
