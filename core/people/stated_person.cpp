// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/stated_person.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr char kFieldEnd = '\x1f';  // ASCII's unit separator
constexpr char kPersonEnd = '\x1e'; // and its record separator
constexpr std::size_t kNameBytes = 480;
constexpr std::size_t kAddressBytes = 600;
constexpr std::size_t kShortBytes = 40;
constexpr std::size_t kPointerBytes = 120;
constexpr int kDepthMax = 6;

/// Without control characters, which would be taken for separators, and cut between two letters.
std::string plain(std::string_view text, std::size_t bytes)
{
    std::size_t end = std::min(text.size(), bytes);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    std::string out(text.substr(0, end));
    std::ranges::replace_if(
        out, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return out;
}

int figures(std::string_view text)
{
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return 0;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

/// A member's name as a part of a pointer (RFC 6901).
std::string escaped(const std::string& name)
{
    std::string text;
    for (const char c : name) {
        text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return text;
}

void collect(const Json& value, const std::string& pointer, int depth, std::vector<StatedPerson>& persons)
{
    if (!value.is_object() || depth > kDepthMax || persons.size() >= kPersonsMax) {
        return;
    }
    if (pointer.size() <= kPointerBytes && !stringAt(value, "name").empty()) {
        persons.push_back(statedPerson(pointer, value));
    }
    for (const auto& [name, member] : value.items()) {
        collect(member, pointer + '/' + escaped(name), depth + 1, persons);
    }
}

/// The text before the separator, which is taken off.
std::string_view cutOff(std::string_view& rest, char separator)
{
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view head = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return head;
}

} // namespace

BirthDate birthDateOf(std::string_view text)
{
    BirthDate date;
    if (text.size() == 4) {
        date = {figures(text), 0, 0};
    } else if (text.size() == 7 && text[2] == '/') {
        date = {figures(text.substr(3)), figures(text.substr(0, 2)), 0};
    } else if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
        date = {figures(text.substr(6)), figures(text.substr(3, 2)), figures(text.substr(0, 2))};
    }
    const bool isWhole = date.year >= 1000 && date.month <= 12 && date.day <= 31 &&
                         (text.size() == 4 || date.month > 0) && (text.size() != 10 || date.day > 0);
    return isWhole ? date : BirthDate{};
}

StatedPerson statedPerson(std::string pointer, const Json& person)
{
    StatedPerson stated;
    stated.pointer = plain(pointer, kPointerBytes);
    stated.name = plain(stringAt(person, "name"), kNameBytes);
    stated.birth = plain(stringAt(at(person, "birth"), "text"), kShortBytes);
    stated.gender = plain(stringAt(person, "gender"), kShortBytes);
    stated.personalId = plain(stringAt(person, "personalId"), kShortBytes);
    stated.oldId = plain(stringAt(person, "oldId"), kShortBytes);
    stated.address = plain(stringAt(person, "address"), kAddressBytes);
    return stated;
}

std::vector<StatedPerson> personsIn(const Json& dossier)
{
    std::vector<StatedPerson> persons;
    collect(at(dossier, "applicant"), "/applicant", 0, persons);
    collect(at(dossier, "form"), "/form", 0, persons);
    return persons;
}

std::string packPersons(const std::vector<StatedPerson>& persons)
{
    std::string packed;
    for (const StatedPerson& person : persons) {
        packed += packed.empty() ? "" : std::string(1, kPersonEnd);
        bool isFirst = true;
        for (const std::string* text : {&person.pointer, &person.name, &person.birth, &person.gender,
                                        &person.personalId, &person.oldId, &person.address}) {
            packed += isFirst ? "" : std::string(1, kFieldEnd);
            packed += *text;
            isFirst = false;
        }
    }
    return packed;
}

std::vector<StatedPerson> unpackPersons(std::string_view packed)
{
    std::vector<StatedPerson> persons;
    while (!packed.empty() && persons.size() < kPersonsMax) {
        std::string_view one = cutOff(packed, kPersonEnd);
        StatedPerson person;
        for (std::string* text : {&person.pointer, &person.name, &person.birth, &person.gender,
                                  &person.personalId, &person.oldId, &person.address}) {
            *text = cutOff(one, kFieldEnd);
        }
        persons.push_back(std::move(person));
    }
    return persons;
}

} // namespace motcua
