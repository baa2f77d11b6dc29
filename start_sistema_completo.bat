@echo off
rem Sets up what is missing and starts API, monitor and register program. --preparar: set up, start nothing.
chcp 65001 >nul
call "%~dp0preparo\com_python.bat" iniciar %*
