// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shell/status_strip.h"
#include "app/widgets/message_bar.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QFrame;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace motcua {

class KeyMap;
class Page;
class PlaceButton;
class Theme;

/// A place of the left column. Its page is made on the first visit, so that the window is usable before
/// anything is loaded that nobody looks at.
struct Place
{
    QString id;
    QString word;
    QString icon;
    QString keyText; ///< "F2"
    Qt::Key key{};
    std::function<Page*()> make;
};

/// The frame around everything: places at the left, one search at the top, the page with its context panel,
/// and the strip at the bottom. In front of it stand the gates (signing in, first run, lock). Knows no
/// dossier.
class MainWindow : public QWidget
{
    Q_OBJECT
public:
    explicit MainWindow(Theme& theme);

    /// Asked when somebody closes the window; it stays open on false.
    void setCloseGuard(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }
    /// Shows a card in front of the work; the work stays as it is behind it.
    void showGate(QWidget* gate);
    /// Who works where; practice gives the top bar its own colour and word.
    void showWorkplace(const QString& unit, const QString& counter, const QString& official, bool practice);
    void setPlaces(std::vector<Place> places);
    void clearPlaces();
    /// Back to the work at the place last seen.
    void showWork();

    Page* go(const QString& placeId);
    [[nodiscard]] Page* currentPage() const;                ///< null before the first go()
    [[nodiscard]] Page* page(const QString& placeId) const; ///< null before its first visit
    [[nodiscard]] QString currentPlace() const { return m_current; }
    [[nodiscard]] bool isAtGate() const;
    void setCount(const QString& placeId, qint64 count, bool urgent);
    void showStrip(const StripState& state, Instant now);
    void announce(Tone tone, const QString& what, const QString& next = {});
    [[nodiscard]] QMenu* officialMenu() { return m_menu; }
    [[nodiscard]] KeyMap& keys() { return *m_keys; }
    [[nodiscard]] QLineEdit* search() { return m_search; }

signals:
    void searchEdited(const QString& text);
    void searchSubmitted(const QString& text);
    void lockWanted();
    void placeEntered(const QString& placeId);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* makeTopBar();
    [[nodiscard]] QWidget* makeWork();
    void bindKeys();
    void showContext(Page* page);
    void showTitle();
    void atWork(const std::function<void()>& act);

    struct Visited
    {
        Place place;
        PlaceButton* button = nullptr;
        Page* page = nullptr;
    };

    Theme& m_theme;
    KeyMap* m_keys;
    QStackedWidget* m_root;
    QFrame* m_top = nullptr;
    QLabel* m_unit = nullptr;
    QLabel* m_practice = nullptr;
    QLineEdit* m_search = nullptr;
    QPushButton* m_official = nullptr;
    QMenu* m_menu = nullptr;
    QVBoxLayout* m_placeColumn = nullptr;
    QStackedWidget* m_pages = nullptr;
    QFrame* m_context = nullptr;
    MessageBar* m_message = nullptr;
    StatusStrip* m_strip = nullptr;
    QWidget* m_work = nullptr;
    QPointer<QWidget> m_focusBehindGate; ///< its page may go while the gate stands
    std::vector<Visited> m_places;
    QString m_current;
    std::function<bool()> m_mayClose;
    QString m_program = tr("Một Cửa");
};

} // namespace motcua
