// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/letters.h"

#include "core/base/hash.h"
#include "sync/protocol/answers.h"

namespace motcua {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::int64_t kFileBytesMax = 20'971'520; // contract, File
constexpr std::size_t kFilesAtOnce = 1'000;

tl::unexpected<Error> damaged(const char* what)
{
    return fail(ErrorKind::Damaged, std::string("a bundle with a bad ") + what);
}

bool isDigest(const std::string& text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Result<std::int64_t> countAt(const Json& json, std::string_view member)
{
    const Json& value = at(json, member);
    const bool isCount = value.is_number_integer() && value.get<double>() >= 0 && value.get<double>() < 1e9;
    return isCount ? Result<std::int64_t>(value.get<std::int64_t>()) : damaged("count");
}

Result<BundleFile> fileOf(const Json& json)
{
    BundleFile file;
    file.sha256 = stringAt(json, "sha256");
    file.size = TRY(countAt(json, "size"));
    file.isComplete = at(json, "complete").is_boolean() && at(json, "complete").get<bool>();
    return isDigest(file.sha256) && file.size <= kFileBytesMax ? Result<BundleFile>(std::move(file))
                                                               : damaged("file");
}

Json toJson(const BundleFile& file)
{
    return {{"sha256", file.sha256}, {"size", file.size}, {"complete", file.isComplete}};
}

} // namespace

Json toJson(const OperationsLetter& letter)
{
    return {{"hello", toJson(letter.hello)},
            {"cursor", letter.cursor ? Json(*letter.cursor) : Json()},
            {"answerKey", toBase64Url(letter.answerKey)},
            {"volumes", letter.volumes},
            {"operations", letter.operations},
            {"files", letter.files}};
}

Result<OperationsLetter> operationsLetterOf(const BundleHeader& header)
{
    if (header.kind != BundleKind::Operations) {
        return damaged("kind");
    }
    OperationsLetter letter;
    auto hello = helloRequestFromJson(at(header.letter, "hello"));
    const auto key = fromBase64Url(stringAt(header.letter, "answerKey"));
    const Json& cursor = at(header.letter, "cursor");
    const bool isCursor = cursor.is_null() || cursor.is_string();
    if (!hello || hello->install != header.install || !key || key->size() != kKeyBytes || !isCursor) {
        return damaged("letter");
    }
    letter.hello = std::move(*hello);
    letter.answerKey = *key;
    if (cursor.is_string()) {
        letter.cursor = cursor.get<std::string>();
    }
    letter.volumes = TRY(countAt(header.letter, "volumes"));
    letter.operations = TRY(countAt(header.letter, "operations"));
    letter.files = TRY(countAt(header.letter, "files"));
    if (letter.volumes > kVolumesMax) {
        return damaged("number of volumes");
    }
    return letter;
}

Json toJson(const AnswerLetter& letter)
{
    return {{"volumes", letter.volumes}};
}

Result<AnswerLetter> answerLetterOf(const BundleHeader& header)
{
    const Json& list = at(header.letter, "volumes");
    if (header.kind != BundleKind::Answer || !list.is_array()) {
        return damaged("letter");
    }
    AnswerLetter letter;
    for (const Json& volume : list) {
        if (!volume.is_number_integer()) {
            return damaged("letter");
        }
        letter.volumes.push_back(volume.get<std::int64_t>());
    }
    return letter;
}

std::string fileText(const BundleFile& file)
{
    return dumpJson(toJson(file));
}

Result<BundleFile> readFileText(std::string_view text)
{
    return fileOf(TRY(parseJson(text, {4'096, 3})));
}

std::string filesText(const std::vector<BundleFile>& files)
{
    Json list = Json::array();
    for (const BundleFile& file : files) {
        list.push_back(toJson(file));
    }
    return dumpJson(Json{{"files", std::move(list)}});
}

Result<std::vector<BundleFile>> readFilesText(std::string_view text)
{
    const Json json = TRY(parseJson(text));
    const Json& list = at(json, "files");
    if (!list.is_array() || list.size() > kFilesAtOnce) {
        return damaged("list of files");
    }
    std::vector<BundleFile> files;
    for (const Json& each : list) {
        files.push_back(TRY(fileOf(each)));
    }
    return files;
}

std::string pageText(const std::optional<std::string>& after, std::string_view page)
{
    std::string text =
        R"({"after":)" + (after ? dumpJson(Json(*after)) : std::string("null")) + R"(,"page":)";
    text += page;
    return text + "}";
}

} // namespace motcua
