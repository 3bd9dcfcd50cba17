"""A task that asyncio.run leaves behind pending says so at the program's end."""
async def late():
    try:
        await asyncio.sleep(5)
    finally:
        print('late over')

async def background():
    try:
        await asyncio.sleep(5)
    finally:
        asyncio.create_task(late())

async def main():
    asyncio.create_task(background())
    await asyncio.sleep(0)

asyncio.run(main())
print('end')
