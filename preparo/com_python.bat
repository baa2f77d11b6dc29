@echo off
rem Finds Python 3.11 or newer and runs preparar.py with it. Called with the code page already set to UTF-8.
setlocal DisableDelayedExpansion
set "check=import sys; sys.exit(sys.version_info < (3, 11))"
set "python="
for %%c in ("py -3" "python" "python3") do (
    if not defined python (
        %%~c -ESs -c "%check%" >nul 2>&1 && set "python=%%~c"
    )
)
if not defined python goto without_python
%python% -X utf8 -ESs "%~dp0..\preparar.py" %*
set "status=%errorlevel%"
goto finish

:without_python
echo Este sistema precisa do Python 3.11 ou mais novo, que não foi encontrado. Instale-o com:
echo   winget install --exact --id Python.Python.3.13
echo ou com o instalador de https://www.python.org/downloads/windows/ (deixe marcada a caixa "tcl/tk and IDLE").
echo Depois abra este programa outra vez.
set "status=1"

:finish
rem A double click opens a window that would vanish with the message: wait for a key then, except after a normal end.
setlocal EnableDelayedExpansion
set "opened_by=!cmdcmdline!"
set "wait="
if not "!opened_by:.bat=!"=="!opened_by!" set "wait=1"
if "%~1"=="iniciar" if "%status%"=="0" set "wait="
if defined CI set "wait="
if defined wait pause
exit /b %status%
