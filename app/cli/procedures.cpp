// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/procedures.h"

namespace motcua::cli {

Reply<const Procedure*> procedureOn(const Catalogue& catalogue, const std::string& code, Day on)
{
    const Procedure* procedure = catalogue.find(code, on);
    if (procedure == nullptr) {
        return forbidden("unknown-procedure",
                         "Danh mục ngày " + toDisplayDay(on) + " không có thủ tục " + code + ".",
                         "/procedure");
    }
    return procedure;
}

Reply<std::string> channelOf(const Arguments& arguments)
{
    const std::string channel = arguments.value("channel").value_or("counter");
    if (channel != "counter" && channel != "online" && channel != "post") {
        return misuse("--channel là counter, online hoặc post.");
    }
    return channel;
}

} // namespace motcua::cli
