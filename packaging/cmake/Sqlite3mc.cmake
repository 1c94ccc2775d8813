# SPDX-License-Identifier: GPL-3.0-or-later
# SQLite with encryption: the SQLite3 Multiple Ciphers amalgamation, pinned by version and hash.
# Why not the system's SQLite: it has no encryption, and Debian 12's 3.40.1 has the WAL-reset fault
# that 3.51.3 mends. Give a folder with sqlite3.c and sqlite3.h in SQLITE3MC_SOURCE to build without npm.
set(SQLITE3MC_SOURCE "" CACHE PATH "Folder with the SQLite3 Multiple Ciphers amalgamation; empty: fetched by npm")
set(SQLITE3MC_SHA256 ad84d2c24540cf62ea27ee414911a32963390769bd031f39a50aec0ad90614a0)

if(NOT MOTCUA_ENCRYPTION)
    message(WARNING "The register will NOT be encrypted: built against the system's SQLite")
    find_package(SQLite3 REQUIRED)
    add_library(motcua_sqlite INTERFACE)
    target_link_libraries(motcua_sqlite INTERFACE SQLite::SQLite3)
    return()
endif()

set(_source "${SQLITE3MC_SOURCE}")
if(NOT _source)
    execute_process(COMMAND "${CMAKE_SOURCE_DIR}/packaging/sqlite3mc" OUTPUT_VARIABLE _source
        OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE _failed)
    if(_failed)
        message(FATAL_ERROR "SQLite3 Multiple Ciphers could not be fetched; see the lines above, "
            "or give its folder with -DSQLITE3MC_SOURCE=…")
    endif()
endif()
file(SHA256 "${_source}/sqlite3.c" _sha256)
if(NOT _sha256 STREQUAL SQLITE3MC_SHA256)
    message(FATAL_ERROR "${_source}/sqlite3.c is not the pinned version (SHA-256 ${_sha256})")
endif()

add_library(motcua_sqlite STATIC "${_source}/sqlite3.c")
target_include_directories(motcua_sqlite SYSTEM PUBLIC "${_source}")
target_compile_options(motcua_sqlite PRIVATE -w -O2)
target_compile_definitions(motcua_sqlite PRIVATE
    SQLITE_THREADSAFE=2 SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_DQS=0 SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_MAX_EXPR_DEPTH=100
    SQLITE_ENABLE_FTS5 SQLITE_ENABLE_STAT4 SQLITE_ENABLE_API_ARMOR SQLITE_TEMP_STORE=3 SQLITE_USE_URI=0
    SQLITE_DEFAULT_MEMSTATUS=0
    # What SQLite's own build finds out by trying. Without the first it flushes with fsync(), which also writes the
    # file's times and so the file system's journal at every save; without the second it waits in whole seconds.
    HAVE_FDATASYNC=1 HAVE_USLEEP=1 HAVE_LOCALTIME_R=1 HAVE_GMTIME_R=1 USE_PREAD64=1)
target_link_libraries(motcua_sqlite PUBLIC ${CMAKE_DL_LIBS} pthread m)
