// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/likeness.h"
#include "core/people/rivals.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

StatedPerson person(const std::string& name, const std::string& birth = {}, const std::string& address = {})
{
    StatedPerson stated;
    stated.pointer = "/applicant";
    stated.name = name;
    stated.birth = birth;
    stated.address = address;
    return stated;
}

const PlaceReader& places()
{
    static const PlaceReader reader = *PlaceReader::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
    return reader;
}

Likeness between(const StatedPerson& asked, const StatedPerson& known)
{
    return liken(Probe(asked), Probe(known), &places());
}

} // namespace

TEST_CASE("names agree by their letters, whatever marks, order and slips they have")
{
    using Name = Likeness::Name;
    const auto names = [](const char* a, const char* b) { return between(person(a), person(b)).name; };
    CHECK(names("NGUYỄN THỊ LAN", "Nguyễn Thị Lan") == Name::Exact);
    CHECK(names("nguyen thi lan", "Nguyễn Thị Lan") == Name::WithoutMarks);
    CHECK(names("Nguyễn Thị Lân", "Nguyễn Thị Lan") == Name::WithoutMarks);
    CHECK(names("Lan Nguyễn Thị", "Nguyễn Thị Lan") == Name::OtherOrder);
    CHECK(names("Nguyễn Thị Lam", "Nguyễn Thị Lan") == Name::OneLetter);
    CHECK(names("Nguyễn Thị Ngọcanh", "Nguyễn Thị Ngọc Anh") == Name::OneLetter);
    CHECK(names("Nguyễn Lan", "Nguyễn Thị Lan") == Name::FewerWords);
    CHECK(names("Nguyễn Thị Hoa", "Nguyễn Thị Lan") == Name::Different);
    CHECK(names("H'Hen Niê", "H’ Hen Nie") == Name::WithoutMarks);
    CHECK(names("K'Brếu", "K Brêu") == Name::WithoutMarks);
    CHECK(names("Y Moan", "Y Moan Êñuôl") == Name::FewerWords);
    CHECK(names("Sùng", "Sung") == Name::WithoutMarks);
    CHECK(names("😀", "Lan") == Name::Unknown);
}

TEST_CASE("dates of birth agree as far as they are stated")
{
    using Birth = Likeness::Birth;
    const auto births = [](const char* a, const char* b) {
        return between(person("Lan", a), person("Lan", b)).birth;
    };
    CHECK(births("12/05/1984", "12/05/1984") == Birth::SameDay);
    CHECK(births("1984", "12/05/1984") == Birth::SameYear);
    CHECK(births("05/1984", "12/05/1984") == Birth::SameMonth);
    CHECK(births("06/1984", "12/05/1984") == Birth::Different);
    CHECK(births("05/12/1984", "12/05/1984") == Birth::Swapped);
    CHECK(births("13/05/1984", "12/05/1984") == Birth::NearlySame);
    CHECK(births("13/06/1984", "12/05/1984") == Birth::Different);
    CHECK(births("1985", "12/05/1984") == Birth::NearYear);
    CHECK(births("", "12/05/1984") == Birth::Unknown);
    CHECK(births("hôm qua", "12/05/1984") == Birth::Unknown);
    CHECK(births("99/99/1984", "12/05/1984") == Birth::Unknown);
}

TEST_CASE("an address is read for its commune, with the units of today and with former ones")
{
    CHECK(writtenPlace("Số 12, thôn Đông, xã Phúc Thọ, thành phố Hà Nội").commune == "phuc tho");
    CHECK(writtenPlace("thôn 3, xã Tích Giang, huyện Phúc Thọ, Hà Nội").commune == "tich giang");
    CHECK(writtenPlace("Thôn Ngọc Tảo, Phúc Thọ, Hà Nội").commune == "phuc tho");
    CHECK(writtenPlace("tổ 2, P. Trúc Bạch, Q. Ba Đình, TP. Hà Nội").commune == "truc bach");
    CHECK(writtenPlace("thị trấn Phúc Thọ, huyện Phúc Thọ").commune == "phuc tho");
    CHECK(writtenPlace("thôn 3").commune.empty());
    CHECK(writtenPlace("").commune.empty());
    CHECK(writtenPlace(std::string(100000, ',')).commune.empty());
}

TEST_CASE("a former unit is recognised by the hints of the merger, and said to be one")
{
    const auto former = person("Lan", "1984", "thôn 3, xã Tích Lộc, huyện Phúc Thọ, Hà Nội");
    const auto current = person("Lan", "1984", "thôn 9, xã Phúc Thọ, thành phố Hà Nội");
    const Likeness likeness = between(former, current);
    INFO(places().namesFor(Probe(former).place).size());
    REQUIRE(likeness.place == Likeness::Place::Former);
    const auto reasons = reasonsFor(likeness, Probe(former), Probe(current));
    CHECK(std::find(reasons.begin(), reasons.end(), "địa chỉ cũ: xã Tích Lộc nay thuộc Xã Phúc Thọ") !=
          reasons.end());
    CHECK(between(current, former).place == Likeness::Place::Former);
    CHECK(between(former, person("Lan", "1984", "xã Tân Lập, tỉnh Thái Nguyên")).place ==
          Likeness::Place::Different);
}

TEST_CASE("numbers: the same, the former card's, one figure off, another")
{
    using Number = Likeness::Number;
    const auto numbers = [](const char* id, const char* old, const char* knownId, const char* knownOld) {
        StatedPerson a = person("Lan");
        a.personalId = id;
        a.oldId = old;
        StatedPerson b = person("Lan");
        b.personalId = knownId;
        b.oldId = knownOld;
        return between(a, b).number;
    };
    CHECK(numbers("001184012345", "", "001184012345", "") == Number::Same);
    CHECK(numbers("", "111222333", "001184012345", "111222333") == Number::SameOld);
    CHECK(numbers("001184012346", "", "001184012345", "") == Number::NearlySame);
    CHECK(numbers("001184012354", "", "001184012345", "") == Number::NearlySame);
    CHECK(numbers("001184999999", "", "001184012345", "") == Number::Different);
    CHECK(numbers("", "", "001184012345", "") == Number::Unknown);
}

TEST_CASE("the more people are called so, the less it says")
{
    Likeness likeness;
    likeness.name = Likeness::Name::Exact;
    likeness.birth = Likeness::Birth::SameYear;
    CHECK(rivalsBy(likeness, {0, 0, 0}) < 0.02);
    CHECK(rivalsBy(likeness, {1500, 20, 0}) > 1);
    likeness.birth = Likeness::Birth::SameDay;
    likeness.place = Likeness::Place::Same;
    CHECK(rivalsBy(likeness, {1500, 20, 15}) < 0.02);
    likeness.genderDiffers = true;
    CHECK(rivalsBy(likeness, {1500, 20, 15}) > 0.02);
    likeness.genderDiffers = false;
    likeness.number = Likeness::Number::Different;
    CHECK(rivalsBy(likeness, {1500, 20, 15}) > 0.1);
}
