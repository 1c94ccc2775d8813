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
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${arg_ENV}" TIMEOUT 300)
    if(arg_TIMEOUT)
        set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
    endif()
endfunction()
