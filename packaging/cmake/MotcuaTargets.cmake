# SPDX-License-Identifier: GPL-3.0-or-later
# One library a module, one test program a module.

# motcua_module(core_db [QT] SOURCES … LINK …): the static library motcua_core_db, with the project's warnings.
# QT says that it uses Qt, and so moc; all others share one precompiled header.
function(motcua_module name)
    cmake_parse_arguments(arg "QT" "" "SOURCES;LINK" ${ARGN})
    add_library(motcua_${name} STATIC ${arg_SOURCES})
    target_link_libraries(motcua_${name} PUBLIC motcua_options ${arg_LINK})
    if(NOT arg_QT)
        set_target_properties(motcua_${name} PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
    endif()
    if(name STREQUAL "core_base")
        target_precompile_headers(motcua_${name} PRIVATE
            <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <string_view> <variant> <vector>
            <nlohmann/json.hpp> <tl/expected.hpp>)
    elseif(NOT arg_QT)
        target_precompile_headers(motcua_${name} REUSE_FROM motcua_core_base)
    endif()
endfunction()

# motcua_test(core_db [QT] SOURCES … LINK …): one Catch2 program, one entry in ctest.
function(motcua_test name)
    cmake_parse_arguments(arg "QT" "TIMEOUT" "SOURCES;LINK;ENV" ${ARGN})
    add_executable(test_${name} ${arg_SOURCES})
    if(NOT arg_QT)
        set_target_properties(test_${name} PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
    endif()
    target_link_libraries(test_${name} PRIVATE motcua_options motcua_test_main ${arg_LINK})
    target_compile_definitions(test_${name} PRIVATE MOTCUA_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        MOTCUA_BINARY_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    add_test(NAME ${name} COMMAND test_${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    if(MOTCUA_SANITIZE) # makes everything several times slower
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5")
    endif()
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${arg_ENV}" TIMEOUT ${arg_TIMEOUT})
endfunction()

# motcua_embed_migrations(target folder name): the numbered .sql files of resources/sql/<folder> as a constant
# table `name` in the header "<folder>_migrations.h", so that a program needs no file to know its schema.
function(motcua_embed_migrations target folder name)
    file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/resources/sql/${folder}/*.sql")
    list(SORT files)
    set(rows "")
    foreach(file ${files})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
        get_filename_component(version "${file}" NAME_WE)
        math(EXPR version "1${version} - 10000") # leading zeros would read as octal
        file(READ "${file}" script)
        string(APPEND rows "    Migration{${version}, R\"sql(${script})sql\"},\n")
    endforeach()
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/generated/${folder}_migrations.h" @ONLY CONTENT
"// Made from resources/sql/${folder}; do not edit.
#pragma once
#include \"core/db/migrator.h\"
#include <array>
namespace motcua {
inline constexpr std::array ${name}{
${rows}};
} // namespace motcua
")
    target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/generated")
endfunction()
