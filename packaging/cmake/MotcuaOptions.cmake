# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings that hold for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON) # TRY is a statement expression
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(MOTCUA_TESTS "Build the tests and the benchmarks" ON)
option(MOTCUA_WERROR "Warnings are errors (our presets; not meant for a packager's build)" OFF)
option(MOTCUA_ENCRYPTION "Encrypt the register (SQLite3 Multiple Ciphers); OFF uses the system's SQLite" ON)
option(MOTCUA_FUZZ "Build the fuzzers (clang; the preset \"fuzz\")" OFF)
set(MOTCUA_SANITIZE "" CACHE STRING "Sanitizers, as after -fsanitize=")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
    add_link_options(-fuse-ld=mold)
endif()
if(MOTCUA_SANITIZE)
    add_compile_options(-fsanitize=${MOTCUA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${MOTCUA_SANITIZE})
endif()
if(MOTCUA_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# g++ 12 warns of an enumerator that is named like a type elsewhere, and of std::string's insides once they are
# inlined (a known fault of 12): clang's -Wshadow and the address sanitizer look at the same things and are right.
set(_gnu_warnings -Wno-pedantic -Wno-sign-conversion -Wno-shadow -Wshadow=local
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-free-nonheap-object -Wno-restrict -Wno-array-bounds)
if(MOTCUA_SANITIZE)
    list(APPEND _gnu_warnings -Wno-maybe-uninitialized)
endif()
add_library(motcua_options INTERFACE)
target_compile_options(motcua_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-gnu-statement-expression
    "$<$<CXX_COMPILER_ID:GNU>:${_gnu_warnings}>"
    $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion -Wno-gnu-zero-variadic-macro-arguments>
    $<$<BOOL:${MOTCUA_WERROR}>:-Werror>)
target_compile_definitions(motcua_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
    MOTCUA_VERSION="${PROJECT_VERSION}" MOTCUA_ENCRYPTION=$<BOOL:${MOTCUA_ENCRYPTION}>)
target_include_directories(motcua_options INTERFACE "${CMAKE_SOURCE_DIR}")
