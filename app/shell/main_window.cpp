// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/main_window.h"

#include "app/shell/key_map.h"
#include "app/shell/place_button.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kContextWidth = 300;

} // namespace

MainWindow::MainWindow(Theme& theme) : m_theme(theme), m_keys(new KeyMap(this)), m_root(new QStackedWidget)
{
    setWindowIcon(QIcon(QStringLiteral(":/icons/motcua.svg")));
    setMinimumSize(1280, 720);
    m_work = makeWork();
    m_root->addWidget(m_work);
    m_strip = new StatusStrip(theme);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_root, 1);
    column->addWidget(m_strip);
    bindKeys();
}

QWidget* MainWindow::makeTopBar()
{
    m_top = new QFrame;
    m_top->setProperty("role", QStringLiteral("top"));
    auto* row = new QHBoxLayout(m_top);
    row->setContentsMargins(4 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    row->setSpacing(4 * kGrid);
    m_unit = makeLineLabel({}, "label");
    m_practice = makeLineLabel(tr("LUYỆN TẬP – số liệu không có thật"), "label");
    row->addWidget(m_unit);
    row->addWidget(m_practice);
    row->addStretch(1);
    m_search = named(new QLineEdit, "search", tr("Tìm hồ sơ"));
    m_search->setProperty("role", QStringLiteral("search"));
    m_search->setPlaceholderText(tr("Tìm tên, số định danh, mã hồ sơ, điện thoại…     Ctrl+K"));
    m_search->setMinimumWidth(420);
    m_search->setMaxLength(200);
    row->addWidget(m_search, 2);
    row->addStretch(1);
    m_official = makeButton({}, "quiet", "official");
    m_official->setAccessibleName(tr("Tài khoản và cách hiển thị"));
    m_menu = new QMenu(m_official);
    m_official->setMenu(m_menu);
    row->addWidget(m_official);
    connect(m_search, &QLineEdit::textEdited, this, &MainWindow::searchEdited);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { emit searchSubmitted(m_search->text()); });
    m_search->installEventFilter(this);
    return m_top;
}

QWidget* MainWindow::makeWork()
{
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTopBar());
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    column->addLayout(row, 1);

    QFrame* places = makeFrame("places", 0, 0);
    m_placeColumn = columnOf(places);
    m_placeColumn->setContentsMargins(0, 2 * kGrid, 1, 0);
    row->addWidget(places);

    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    m_message = new MessageBar(m_theme);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(6 * kGrid, 3 * kGrid, 6 * kGrid, 0);
    inset->addWidget(m_message);
    middle->addLayout(inset);
    m_pages = new QStackedWidget;
    middle->addWidget(m_pages, 1);
    row->addLayout(middle, 1);

    m_context = makeFrame("panel", 0, 0);
    row->addWidget(m_context);
    return work;
}

void MainWindow::showGate(QWidget* gate)
{
    if (m_root->currentWidget() == m_work) {
        m_focusBehindGate = m_work->focusWidget();
    }
    if (m_root->indexOf(gate) < 0) {
        m_root->addWidget(gate);
    }
    m_root->setCurrentWidget(gate);
    showTitle();
}

bool MainWindow::isAtGate() const
{
    return m_root->currentWidget() != m_work;
}

void MainWindow::showWorkplace(const QString& unit, const QString& counter, const QString& official,
                               bool practice)
{
    m_unit->setText(displayText(unit) + QStringLiteral("  ·  ") + counter);
    m_practice->setVisible(practice);
    setStyleProperty(m_top, "role", practice ? "top-practice" : "top");
    // Rules for what stands in the bar hang on the bar's role: have them looked at again.
    for (QWidget* child : m_top->findChildren<QWidget*>()) {
        const char* role = "role";
        const QByteArray own = child->property(role).toString().toLatin1();
        child->setProperty(role, QString());
        setStyleProperty(child, role, own.constData());
    }
    m_official->setText(displayText(official) + QStringLiteral("  ▾"));
    m_program = practice ? tr("Một Cửa, luyện tập") : tr("Một Cửa, %1").arg(displayText(unit));
    showTitle();
}

void MainWindow::showTitle()
{
    QString step = isAtGate() ? m_root->currentWidget()->accessibleName() : QString();
    const Page* shown = currentPage();
    if (!isAtGate() && shown != nullptr) {
        step = shown->step();
        for (const Visited& visited : m_places) {
            step = step.isEmpty() && visited.page == shown ? visited.place.word : step;
        }
    }
    setWindowTitle(step.isEmpty() ? m_program : step + QStringLiteral(" – ") + m_program);
}

void MainWindow::setPlaces(std::vector<Place> places)
{
    clearPlaces();
    for (Place& place : places) {
        auto* button = new PlaceButton(m_theme, place.icon, place.word, place.keyText, this);
        button->setObjectName(QStringLiteral("place:") + place.id);
        const QString id = place.id;
        connect(button, &QAbstractButton::clicked, this, [this, id] { go(id); });
        m_placeColumn->addWidget(button);
        m_places.push_back({std::move(place), button, nullptr});
    }
    m_placeColumn->addStretch();
}

void MainWindow::clearPlaces()
{
    showContext(nullptr);
    for (const Visited& visited : m_places) {
        delete visited.page;
    }
    m_places.clear();
    clearLayout(m_placeColumn);
    m_current.clear();
}

void MainWindow::showWork()
{
    m_root->setCurrentWidget(m_work);
    if (m_focusBehindGate != nullptr && m_work->isAncestorOf(m_focusBehindGate)) {
        m_focusBehindGate->setFocus();
    }
    m_focusBehindGate = nullptr;
    showTitle();
}

Page* MainWindow::go(const QString& placeId)
{
    const auto it = std::find_if(m_places.begin(), m_places.end(),
                                 [&](const Visited& v) { return v.place.id == placeId; });
    if (it == m_places.end()) {
        return nullptr;
    }
    if (it->page == nullptr) {
        it->page = it->place.make();
        m_pages->addWidget(it->page);
        connect(it->page, &Page::announced, this, &MainWindow::announce);
        connect(it->page, &Page::quiet, m_message, &MessageBar::dismiss);
        connect(it->page, &Page::stepped, this, &MainWindow::showTitle);
    }
    if (m_current != placeId) {
        m_message->dismiss();
    }
    m_current = placeId;
    it->button->setChecked(true);
    m_pages->setCurrentWidget(it->page);
    showContext(it->page);
    it->page->arrive();
    // A page without a control of its own takes the keyboard itself, so that Esc and the like reach it.
    if (const QWidget* focus = focusWidget(); focus == nullptr || !it->page->isAncestorOf(focus)) {
        it->page->setFocus(Qt::OtherFocusReason);
    }
    showTitle();
    emit placeEntered(placeId);
    return it->page;
}

Page* MainWindow::page(const QString& placeId) const
{
    for (const Visited& visited : m_places) {
        if (visited.place.id == placeId) {
            return visited.page;
        }
    }
    return nullptr;
}

Page* MainWindow::currentPage() const
{
    return page(m_current);
}

void MainWindow::showContext(Page* shown)
{
    QVBoxLayout* column = columnOf(m_context);
    while (QLayoutItem* item = column->takeAt(0)) {
        if (QWidget* old = item->widget()) {
            old->hide();
            old->setParent(nullptr);
        }
        delete item;
    }
    for (const Visited& visited : m_places) {
        if (visited.page != nullptr && visited.page != shown) {
            if (QWidget* panel = visited.page->contextPanel()) {
                panel->setParent(visited.page);
                panel->hide();
            }
        }
    }
    QWidget* panel = shown == nullptr ? nullptr : shown->contextPanel();
    m_context->setVisible(panel != nullptr);
    if (panel != nullptr) {
        column->addWidget(panel);
        panel->show();
        m_context->setFixedWidth(std::max(kContextWidth, panel->minimumWidth()));
    }
}

void MainWindow::setCount(const QString& placeId, qint64 count, bool urgent)
{
    for (const Visited& visited : m_places) {
        if (visited.place.id == placeId) {
            visited.button->setCount(count, urgent);
        }
    }
}

void MainWindow::showStrip(const StripState& state, Instant now)
{
    m_strip->show(state, now);
}

void MainWindow::announce(Tone tone, const QString& what, const QString& next)
{
    m_message->show(tone, what, next);
}

void MainWindow::atWork(const std::function<void()>& act)
{
    if (!isAtGate()) {
        act();
    }
}

void MainWindow::bindKeys()
{
    m_keys->bind(Qt::CTRL | Qt::Key_K, [this] {
        atWork([this] {
            m_search->setFocus(Qt::ShortcutFocusReason);
            m_search->selectAll();
        });
    });
    m_keys->bind(Qt::CTRL | Qt::Key_L, [this] { atWork([this] { emit lockWanted(); }); });
    m_keys->bind(Qt::CTRL | Qt::Key_P, [this] {
        atWork([this] {
            if (Page* shown = currentPage()) {
                shown->pressPrint();
            }
        });
    });
    m_keys->bind(Qt::CTRL | Qt::Key_Return, [this] {
        atWork([this] {
            if (Page* shown = currentPage()) {
                shown->pressContinue();
            }
        });
    });
    m_keys->bind(QKeyCombination(Qt::NoModifier, Qt::Key_F12), [this] {
        atWork([this] {
            if (Page* shown = currentPage()) {
                shown->pressFillIn();
            }
        });
    });
    for (int number = 0; number < 11; ++number) {
        const auto key = static_cast<Qt::Key>(Qt::Key_F1 + number);
        m_keys->bind(QKeyCombination(Qt::NoModifier, key), [this, key] {
            atWork([this, key] {
                for (const Visited& visited : m_places) {
                    if (visited.place.key == key) {
                        go(visited.place.id);
                        return;
                    }
                }
            });
        });
    }
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    // Esc comes here only when the focused control had no use for it.
    if (event->key() == Qt::Key_Escape && !isAtGate()) {
        if (m_message->isVisible()) {
            m_message->dismiss();
        } else if (Page* shown = currentPage(); shown != nullptr && !event->isAutoRepeat()) {
            static_cast<void>(shown->goBack());
        }
        event->accept();
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
        isEnter && button != nullptr) {
        // Enter presses the button that has the keyboard, everywhere, once.
        if (!event->isAutoRepeat()) {
            button->click();
        }
        event->accept();
        return;
    }
    QWidget::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_mayClose && !m_mayClose()) {
        event->ignore();
        return;
    }
    QWidget::closeEvent(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Down || (key->key() == Qt::Key_Escape && !m_search->text().isEmpty())) {
            emit searchSubmitted(m_search->text());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace motcua
