@echo off
rem Sets up what is missing and runs every check; arguments go to pytest, which then runs alone. --preparar: set up only.
chcp 65001 >nul
call "%~dp0preparo\com_python.bat" testar %*
