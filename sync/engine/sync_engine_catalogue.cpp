// SPDX-License-Identifier: GPL-3.0-or-later
// The city's catalogue, when nothing else of text is to be said.
#include "sync/engine/sync_engine.h"

namespace motcua {

Result<EngineStep> SyncEngine::askForCatalogue()
{
    const Reply reply = call(m_catalogue->request(m_binding->token));
    const CatalogueAnswer answer = TRY(m_catalogue->landed(reply, m_keys));
    note(answer.verdict);
    switch (answer.word) {
    case CatalogueWord::Taken:
        ++m_counters.cataloguesTaken;
        break;
    case CatalogueWord::Refused:
        ++m_counters.cataloguesRefused;
        break;
    case CatalogueWord::KeyUnknown:
        m_greeted = false;
        break;
    case CatalogueWord::Nothing:
    case CatalogueWord::None:
    case CatalogueWord::Unchanged:
        break;
    }
    return EngineStep{Did::AskedCatalogue, {}, answer.verdict.isAnswered()};
}

} // namespace motcua
