// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/admin.h"

#include "core/base/file.h"
#include "core/dossier/schema.h"
#include "sync/reference_portal/admin_session.h"
#include "sync/reference_portal/store_place.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

namespace motcua::portal {

namespace {

Outcome text(const std::string& value)
{
    return Outcome(Json(value));
}

Outcome addUnit(Session& session)
{
    const std::string& code = session.word(2);
    if (!isDossierCode(code + "-000000-0000")) {
        return fail(ErrorKind::Refused, "a unit's code looks like H26.131: " + code);
    }
    TRY(session.portal.keys().addUnit({code, session.word(3)}));
    return Outcome(Json{{"unit", code}, {"name", session.word(3)}});
}

Outcome listUnits(Session& session)
{
    Json units = Json::array();
    for (const Unit& unit : TRY(session.portal.keys().units())) {
        units.push_back({{"unit", unit.code}, {"name", unit.name}});
    }
    return Outcome(Json{{"units", std::move(units)}});
}

Outcome newCode(Session& session)
{
    return text(TRY(session.portal.keys().newEnrolmentCode(session.word(1))));
}

Outcome newEpoch(Session& session)
{
    return text(TRY(session.portal.keys().newEpoch()));
}

Outcome listDevices(Session& session)
{
    Json list = Json::array();
    for (const Device& device : TRY(session.portal.keys().devices())) {
        const auto held = TRY(session.portal.dossiers().appliedCount(device.unit, device.install));
        list.push_back({{"install", device.install},
                        {"unit", device.unit},
                        {"name", device.name},
                        {"app", device.app},
                        {"slots", device.slots},
                        {"revoked", device.revoked},
                        {"held", held}});
    }
    return Outcome(Json{{"devices", std::move(list)}});
}

Outcome revokeDevice(Session& session)
{
    TRY(session.portal.keys().revoke(session.word(2)));
    return Outcome(Json{{"revoked", session.word(2)}});
}

Outcome rotateToken(Session& session)
{
    TRY(session.portal.keys().rotateToken(session.word(2)));
    return Outcome(Json{{"install", session.word(2)}});
}

Outcome rotateKey(Session& session)
{
    TRY(session.portal.keys().rotateKey());
    const auto signer = TRY(session.portal.keys().signer());
    return Outcome(Json{{"kid", signer.publicKey().kid}});
}

/// official-codes: none or with-receipt; min-app: "0.3.0"; spread: seconds. Empty takes it back.
Outcome changeSetting(Session& session)
{
    static constexpr std::array<std::string_view, 3> kNames{"official-codes", "min-app", "spread"};
    const std::string& name = session.word(1);
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
        return fail(ErrorKind::Refused, "settings are official-codes, min-app, spread");
    }
    TRY(session.portal.keys().setSetting(name, session.word(2)));
    return Outcome(Json{{name, session.word(2)}});
}

std::int64_t integerOf(const std::string* text, std::int64_t otherwise)
{
    std::int64_t value = otherwise;
    if (text != nullptr) {
        std::from_chars(text->data(), text->data() + text->size(), value);
    }
    return value;
}

Outcome listFaults(Session& session)
{
    Json json = toJson(TRY(readFaultPlan(session.faults)));
    json["kinds"] = faultNames();
    return Outcome(std::move(json));
}

Outcome setFault(Session& session)
{
    const auto kind = parseFault(session.word(2));
    if (!kind) {
        return fail(ErrorKind::Refused, "no such fault: " + session.word(2) + "; see admin fault list");
    }
    const Arguments& arguments = session.arguments;
    FaultRule rule;
    rule.kind = *kind;
    if (const std::string* probability = arguments.option("--probability")) {
        rule.probability = std::strtod(probability->c_str(), nullptr);
    }
    rule.route = arguments.option("--route") != nullptr ? *arguments.option("--route") : std::string();
    rule.millis = integerOf(arguments.option("--ms"), rule.millis);
    if (arguments.option("--seconds") != nullptr) {
        rule.seconds = integerOf(arguments.option("--seconds"), 1);
    }
    if (arguments.option("--count") != nullptr) {
        rule.count = integerOf(arguments.option("--count"), 1);
    }
    FaultPlan plan = TRY(readFaultPlan(session.faults));
    plan.seed = static_cast<std::uint64_t>(
        integerOf(arguments.option("--seed"), static_cast<std::int64_t>(plan.seed)));
    plan.rules.push_back(rule);
    TRY(writeFaultPlan(session.faults, plan));
    return listFaults(session);
}

Outcome clearFaults(Session& session)
{
    FaultPlan plan = TRY(readFaultPlan(session.faults));
    const std::string kind = session.arguments.words.size() > 2 ? session.word(2) : std::string();
    const auto isMeant = [&kind](const FaultRule& rule) {
        return kind.empty() || faultName(rule.kind) == kind;
    };
    plan.rules.erase(std::remove_if(plan.rules.begin(), plan.rules.end(), isMeant), plan.rules.end());
    TRY(writeFaultPlan(session.faults, plan));
    return listFaults(session);
}

struct Command
{
    const char* first;
    const char* second; ///< none: one word only
    std::size_t least;  ///< words, the command's own included
    std::size_t most;
    Outcome (*act)(Session&);
};

constexpr std::array kCommands{
    Command{"unit", "add", 4, 4, addUnit},
    Command{"unit", "list", 2, 2, listUnits},
    Command{"code", nullptr, 2, 2, newCode},
    Command{"dossier", "list", 2, 2, listDossiers},
    Command{"dossier", "set", 4, 1000, setDossier},
    Command{"dossier", "move", 4, 4, moveDossier},
    Command{"dossier", "official-code", 3, 4, giveOfficialCode},
    Command{"dossier", "take-away", 3, 3, takeAway},
    Command{"dossier", "online", 3, 3, fileOnline},
    Command{"catalogue", "publish", 3, 3, publishCatalogue},
    Command{"catalogue", "list", 2, 2, listCatalogues},
    Command{"courier", "import", 3, 1000, importCourier},
    Command{"epoch", nullptr, 1, 1, newEpoch},
    Command{"device", "list", 2, 2, listDevices},
    Command{"device", "revoke", 3, 3, revokeDevice},
    Command{"device", "new-token", 3, 3, rotateToken},
    Command{"key", "new", 2, 2, rotateKey},
    Command{"setting", nullptr, 3, 3, changeSetting},
    Command{"fault", "list", 2, 2, listFaults},
    Command{"fault", "set", 3, 3, setFault},
    Command{"fault", "clear", 2, 3, clearFaults},
};

const Command* findCommand(const std::vector<std::string>& words)
{
    for (const Command& command : kCommands) {
        const bool isFirst = !words.empty() && words[0] == command.first;
        const bool isSecond = command.second == nullptr || (words.size() > 1 && words[1] == command.second);
        if (isFirst && isSecond && words.size() >= command.least && words.size() <= command.most) {
            return &command;
        }
    }
    return nullptr;
}

int exitOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
    case ErrorKind::NotFound:
    case ErrorKind::Refused:
    case ErrorKind::Duplicate:
    case ErrorKind::Unsupported:
        return kExitRefused;
    default:
        return kExitStore;
    }
}

} // namespace

const std::string* Arguments::option(const std::string& name) const
{
    for (const auto& [key, value] : options) {
        if (key == name) {
            return &value;
        }
    }
    return nullptr;
}

Arguments readArguments(const std::vector<std::string>& texts, const std::vector<std::string>& valued,
                        const std::vector<std::string>& flags)
{
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    Arguments arguments;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::size_t equals = texts[i].find('=');
        const std::string name = texts[i].substr(0, equals);
        if (!texts[i].starts_with("--")) {
            arguments.words.push_back(texts[i]);
        } else if (has(flags, texts[i])) {
            arguments.options.emplace_back(name, "");
        } else if (has(valued, name) && equals != std::string::npos) {
            arguments.options.emplace_back(name, texts[i].substr(equals + 1));
        } else if (has(valued, name) && i + 1 < texts.size()) {
            arguments.options.emplace_back(name, texts[++i]);
        } else {
            arguments.fault = texts[i];
        }
    }
    return arguments;
}

const char* Admin::usage()
{
    return R"(motcua-portal admin --data DIR|--store postgresql://… [--json] COMMAND
  unit add CODE NAME | unit list          a commune and its code, the head of each dossier code
  code CODE                               a new enrolment code for one counter, valid seven days
  dossier list                            every dossier with its revision, as JSON
  dossier set UID POINTER=VALUE …         the city changes fields; POINTER= removes; /status moves
  dossier move UID STATUS [--due INSTANT] the city decides
  dossier official-code UID [CODE]        the official code, at most once
  dossier online FILE.json [--unit CODE]  a citizen files a dossier online
  dossier take-away UID                   the city takes a dossier away
  catalogue publish DIR [--unit CODE]     checks a catalogue's folder and publishes it, for all or one unit
  catalogue list                          what is published, for whom and since when
  courier import FILE… --answer DIR       judges a counter's bundles (or all in a folder), writes the answer
  epoch                                   a new portal epoch, the last step of a restore from backup
  device list | revoke INSTALL | new-token INSTALL
  key new                                 another signing key; the old ones stay listed
  setting official-codes none|with-receipt · setting min-app VERSION · setting spread SECONDS
  fault set KIND [--probability P] [--route ops|status|changes|hello|devices|dossiers|blobs]
            [--ms N] [--seconds N] [--count N] [--seed N]
  fault list | fault clear [KIND]         works on a server started with --allow-faults
)";
}

int Admin::run(const std::vector<std::string>& texts)
{
    const Arguments arguments =
        readArguments(texts,
                      {"--data", "--store", "--unit", "--due", "--probability", "--route", "--ms",
                       "--seconds", "--count", "--seed", "--answer"},
                      {"--json"});
    const Command* command = findCommand(arguments.words);
    const auto place = storePlaceIn(arguments);
    if (command == nullptr || !place || !arguments.fault.empty()) {
        m_err << usage();
        return kExitUsage;
    }
    auto portal = openPortal(*place, m_clock, m_random);
    if (!portal) {
        m_err << "motcua-portal: " << portal.error().detail << "\n";
        return kExitStore;
    }
    City city(*portal, m_clock, m_random);
    Session session{*portal, city, arguments, faultPlanOf(*place, *portal), m_out, m_clock};
    const Outcome outcome = command->act(session);
    if (!outcome) {
        m_err << "motcua-portal: " << outcome.error().detail << "\n";
        return exitOf(outcome.error().kind);
    }
    const bool isBare = outcome->is_string() && arguments.option("--json") == nullptr;
    const bool isText = outcome->is_string();
    m_out << (isBare   ? outcome->get<std::string>()
              : isText ? dumpJson(Json{{command->first, *outcome}})
                       : dumpJson(*outcome))
          << "\n";
    return kExitDone;
}

} // namespace motcua::portal
