// SPDX-License-Identifier: GPL-3.0-or-later
// QPrinter reports nothing of what a CUPS queue answers, so the queue is spoken to directly where there is
// one.
#include "app/common/print_queue.h"

#ifdef MOTCUA_CUPS
#include <array>
#include <cups/cups.h>
#include <memory>
#else
#include "core/papers/paper_output.h"

#include <QPrinter>
#include <QPrinterInfo>
#endif

namespace motcua {

namespace {

QueueTrouble notAsked(const std::string& happened, const std::string& next)
{
    return {{happened, "Giấy chưa ra, hồ sơ vẫn còn nguyên trong sổ.", next}, false};
}

QueueTrouble trouble(const std::string& happened, const std::string& next)
{
    QueueTrouble said = notAsked(happened, next);
    said.answered = true;
    return said;
}

std::string withReason(std::string sentence, const char* reason)
{
    return reason == nullptr || *reason == '\0' ? sentence + '.' : sentence + " (" + reason + ").";
}

#ifdef MOTCUA_CUPS

constexpr int kConnectMs = 5000;

struct CloseHttp
{
    void operator()(http_t* http) const { httpClose(http); }
};
using Server = std::unique_ptr<http_t, CloseHttp>;

struct FreeDest
{
    void operator()(cups_dest_t* dest) const { cupsFreeDests(1, dest); }
};
using Queue = std::unique_ptr<cups_dest_t, FreeDest>;

struct FreeInfo
{
    void operator()(cups_dinfo_t* info) const { cupsFreeDestInfo(info); }
};
using QueueInfo = std::unique_ptr<cups_dinfo_t, FreeInfo>;

std::string_view option(const Queue& queue, const char* name)
{
    const char* value = cupsGetOption(name, queue->num_options, queue->options);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

/// The reasons that a person at the printer can do something about (RFC 8011, 5.4.12), as they say them.
std::string reasonWords(std::string_view reasons)
{
    struct Word
    {
        std::string_view reason;
        const char* words;
    };
    constexpr std::array kWords{
        Word{"media-jam", "kẹt giấy"},          Word{"media-empty", "hết giấy"},
        Word{"media-needed", "hết giấy"},       Word{"toner-empty", "hết mực"},
        Word{"marker-supply-empty", "hết mực"}, Word{"cover-open", "nắp đang mở"},
        Word{"door-open", "nắp đang mở"},       Word{"offline", "chưa bật hoặc đứt dây"},
        Word{"paused", "đã bị tạm dừng"},
    };
    for (const Word& word : kWords) {
        if (reasons.find(word.reason) != std::string_view::npos) {
            return word.words;
        }
    }
    return {};
}

/// What the queue says of itself before anything is sent to it (RFC 8011, 5.4.11 and 5.4.24).
tl::expected<void, QueueTrouble> mustBeReady(const Queue& queue, const std::string& printer)
{
    constexpr std::string_view kStopped = "5";
    if (option(queue, "printer-state") == kStopped) {
        const std::string why = reasonWords(option(queue, "printer-state-reasons"));
        return tl::unexpected(trouble(withReason("Máy in " + printer + " đang dừng", why.c_str()),
                                      "Xem giấy, mực và dây của máy in rồi in lại, hoặc chọn máy in khác."));
    }
    if (option(queue, "printer-is-accepting-jobs") == "false") {
        return tl::unexpected(trouble("Máy in " + printer + " đang từ chối nhận giấy.",
                                      "Chọn máy in khác, hoặc nhờ người quản trị mở lại hàng in."));
    }
    return {};
}

bool sendDocument(http_t* server, const Queue& queue, const QueueInfo& info, int job, const std::string& pdf,
                  const std::string& name)
{
    if (cupsStartDestDocument(server, queue.get(), info.get(), job, name.c_str(), CUPS_FORMAT_PDF, 0, nullptr,
                              1) != HTTP_STATUS_CONTINUE) {
        return false;
    }
    return cupsWriteRequestData(server, pdf.data(), pdf.size()) == HTTP_STATUS_CONTINUE &&
           cupsFinishDestDocument(server, queue.get(), info.get()) <= IPP_STATUS_OK_CONFLICTING;
}

tl::expected<int, QueueTrouble> refusedBy(const std::string& printer)
{
    return tl::unexpected(trouble(withReason("Máy in " + printer + " không nhận giấy", cupsLastErrorString()),
                                  "Xem máy in rồi in lại, hoặc chọn máy in khác."));
}

#endif

} // namespace

#ifdef MOTCUA_CUPS

tl::expected<int, QueueTrouble> sendToQueue(const std::string& printer, const LaidOutPaper&,
                                            const std::string& pdf, const std::string& name)
{
    const Server server(
        httpConnect2(cupsServer(), ippPort(), nullptr, AF_UNSPEC, cupsEncryption(), 1, kConnectMs, nullptr));
    if (!server) {
        return tl::unexpected(
            notAsked("Dịch vụ in của máy này không chạy.",
                     "Khởi động lại máy hoặc gọi người quản trị; có thể lưu tệp PDF trước."));
    }
    const Queue queue(cupsGetNamedDest(server.get(), printer.c_str(), nullptr));
    if (!queue) {
        return tl::unexpected(
            notAsked("Không còn máy in " + printer + " trên máy này.", "Chọn máy in khác trong danh sách."));
    }
    if (auto ready = mustBeReady(queue, printer); !ready) {
        return tl::unexpected(ready.error());
    }
    const QueueInfo info(cupsCopyDestInfo(server.get(), queue.get()));
    // The pages are A4 and made to measure: nothing is scaled, and copies are pages of their own.
    std::array options{
        cups_option_t{const_cast<char*>(CUPS_MEDIA), const_cast<char*>(CUPS_MEDIA_A4)},
        cups_option_t{const_cast<char*>("print-scaling"), const_cast<char*>("none")},
    };
    int job = 0;
    const auto created = cupsCreateDestJob(server.get(), queue.get(), info.get(), &job, name.c_str(),
                                           static_cast<int>(options.size()), options.data());
    if (created > IPP_STATUS_OK_CONFLICTING || job == 0) {
        return refusedBy(printer);
    }
    if (!sendDocument(server.get(), queue, info, job, pdf, name)) {
        auto refused = refusedBy(printer);
        cupsCancelDestJob(server.get(), queue.get(), job); // half a paper shall not come out later
        return refused;
    }
    return job;
}

#else

tl::expected<int, QueueTrouble> sendToQueue(const std::string& printer, const LaidOutPaper& paper,
                                            const std::string&, const std::string& name)
{
    const QPrinterInfo info = QPrinterInfo::printerInfo(QString::fromStdString(printer));
    if (info.isNull() || info.state() == QPrinter::Error || info.state() == QPrinter::Aborted) {
        return tl::unexpected(notAsked("Máy in " + printer + " không có hoặc đang dừng.",
                                       "Xem máy in rồi in lại, hoặc chọn máy in khác."));
    }
    QPrinter device(info, QPrinter::HighResolution);
    device.setDocName(QString::fromStdString(name));
    if (auto printed = printOn(device, paper); !printed) {
        return tl::unexpected(trouble(withReason("Máy in " + printer + " không nhận giấy", nullptr),
                                      "Xem máy in rồi in lại, hoặc chọn máy in khác."));
    }
    return 1; // the system's own numbers are not told
}

#endif

} // namespace motcua
