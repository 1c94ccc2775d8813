// SPDX-License-Identifier: GPL-3.0-or-later
// What the stick brought and what may be done with it now, as an official reads it.
#include "app/common/courier_text.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

constexpr const char* kErase = "Có thể xóa USB.";

Instant written()
{
    return instantInVietnam(Day{std::chrono::year{2026} / 11 / 20}, 14h + 5min);
}

StickAnswers allOfIt()
{
    StickAnswers answers;
    answers.volumes = 1;
    answers.sum.acknowledged = 12;
    answers.sum.isWhole = true;
    answers.writings.push_back({"1a", written(), {}, true});
    return answers;
}

bool says(const StickAnswers& answers, const std::string& words)
{
    const std::string text = answersDone(answers);
    UNSCOPED_INFO(text);
    return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("a stick may be erased when nothing on it is of use to anybody")
{
    CHECK(says(allOfIt(), kErase));
    StickAnswers again = allOfIt();
    again.repeated = 1;
    again.sum.acknowledged = 0;
    CHECK(says(again, kErase));
}

TEST_CASE("a stick with files for the portal or another counter is not to be erased yet")
{
    StickAnswers answers = allOfIt();
    answers.others = 2;
    CHECK_FALSE(says(answers, kErase));
    CHECK(says(answers, "Quầy này đã nhận đủ. USB còn 2 tệp gửi cổng hoặc gửi quầy khác: chỉ xóa khi nơi đó "
                        "đã nhận."));
}

TEST_CASE("a stick with a file that was turned away is kept")
{
    StickAnswers answers = allOfIt();
    answers.refused.push_back({"x.hop", {ErrorKind::Damaged, "the bundle ends early"}});
    CHECK_FALSE(says(answers, kErase));
    CHECK(says(answers, "Đừng xóa USB: có tệp chưa nhận được."));
}

TEST_CASE("what an answer lacks is said of its own writing")
{
    StickAnswers answers = allOfIt();
    answers.volumes = 2;
    answers.writings.insert(answers.writings.begin(), {"0f", written() - 24h, {2, 3}, true});
    answers.sum.missing = {2, 3};
    CHECK_FALSE(says(answers, kErase));
    CHECK(says(answers, "Cổng còn thiếu tệp số 2, 3 của lần ghi lúc 14:05 ngày 19/11/2026."));

    StickAnswers half = allOfIt();
    half.writings[0].isWhole = half.sum.isWhole = false;
    half.repeated = 1;
    half.sum.acknowledged = 0;
    CHECK_FALSE(says(half, kErase));
}

TEST_CASE("what failed is told without a word of the machine, and what stands on the stick is said")
{
    const ErrorText full = explainExport({ErrorKind::Storage, "No space left on device"}, 2);
    CHECK(full.happened == "Không ghi được lên USB.");
    CHECK(full.safe.find("2 tệp đầu của bộ đã xong và nằm trên USB.") != std::string::npos);
    CHECK(explainExport({ErrorKind::Storage, "No space left on device"}).safe.find("tệp đầu") ==
          std::string::npos);
    CHECK(explainAnswer({ErrorKind::Refused, kBeforeRestore}).happened ==
          "Tệp trả lời không được nhận: nó có từ trước khi cổng được khôi phục.");
    CHECK(explainAnswer({ErrorKind::Refused, kNotItsSender}).happened ==
          "Tệp trả lời không được nhận: chữ ký không phải của cổng.");
    for (const ErrorKind kind :
         {ErrorKind::Refused, ErrorKind::Damaged, ErrorKind::Storage, ErrorKind::Foreign}) {
        CHECK(explainAnswer({kind, "a block is a bomb"}).sentence().find("bomb") == std::string::npos);
    }
    for (const ErrorKind kind : {ErrorKind::Damaged, ErrorKind::Storage}) {
        CHECK(explainExport({kind, "a block is a bomb"}).sentence().find("bomb") == std::string::npos);
    }
}
