"""How people are named across Indonesia: lists by culture, and which cultures live where."""

from __future__ import annotations

from dataclasses import dataclass


def _list(text: str) -> tuple[str, ...]:
    """Names between commas; a name may hold spaces."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


@dataclass(frozen=True)
class Culture:
    """Given names by sex, and what may follow: a second name, or the name of a family."""

    homes: tuple[str, ...]
    """Provinces people of this culture are born in, by code."""
    male: tuple[str, ...]
    female: tuple[str, ...]
    last_male: tuple[str, ...]
    last_female: tuple[str, ...] = ()
    """Where women bear the same last names as men, empty."""
    mononyms: float = 0.0
    """Share of people with one name only."""
    middle: float = 0.0
    """Share of people with a second given name before the last."""
    pilgrims: bool = True
    """Whether `H.` and `Hj.` stand before names of older people."""

    def last_names(self, sex: str) -> tuple[str, ...]:
        return self.last_female if sex == "P" and self.last_female else self.last_male


_ARABIC_MALE = _list(
    "Muhammad, Muhamad, Mohammad, Mohamad, Moch., Muh., Ahmad, Achmad, Abdul, Abdullah, Abdurrahman, "
    "Fauzan, Fauzi, Ridwan, Rizki, Rizky, Syaiful, Saiful, Syaifullah, Zainal, Zaenal, Zulkifli, Yusuf, "
    "Jusuf, Ibrahim, Ismail, Ilham, Iqbal, Irfan, Hasan, Husein, Hamzah, Farid, Faisal, Fadli, Khairul, "
    "Chairul, Nasrul, Nasruddin, Syarif, Sjarif, Taufik, Taufiq, Umar, Usman, Wahyudin, Lukman, Luqman"
)
_ARABIC_FEMALE = _list(
    "Siti, Nur, Nurul, Noor, Fatimah, Aisyah, Aisjah, Khadijah, Chadijah, Zahra, Zahara, Salma, Salmah, "
    "Rahma, Rahmah, Rahmawati, Halimah, Hasanah, Laila, Maryam, Marjam, Nabila, Nafisah, Rukmini, "
    "Ruqayyah, Safitri, Sakinah, Syarifah, Ummi, Wardah, Yasmin, Zulaikha, Zubaidah, Fitriani, Fitri"
)
_ARABIC_LAST = _list(
    "Hidayat, Hidayatullah, Rahman, Rachman, Ramadhan, Hakim, Anwar, Arifin, Syahputra, Saputra, "
    "Effendi, Effendy, Azhar, Basri, Bakri, Fahmi, Hanafi, Idris, Jamal, Karim, "
    "Latif, Mahmud, Mansyur, Muslim, Rasyid, Salim, Sulaiman, Thamrin, Yahya, Yunus, Zakaria"
)
_ARABIC_LAST_FEMALE = _list(
    "Hasanah, Rahmah, Aini, Amalia, Azizah, Fadhilah, Handayani, Hayati, Hidayah, Husna, Jannah, "
    "Khasanah, Lestari, Mardhiah, Maulida, Mawaddah, Munawaroh, Mutmainnah, Nisa, Permatasari, Putri, "
    "Rahayu, Ramadhani, Rosdiana, Sari, Suryani, Ulfa, Wahidah, Wulandari, Yuliana, Yusuf"
)
_CHRISTIAN_MALE = _list(
    "Andreas, Yohanes, Johanes, Petrus, Paulus, Markus, Lukas, Matius, Yakobus, Stefanus, Daniel, David, "
    "Yosef, Josef, Simon, Filipus, Bernardus, Agustinus, Antonius, Benyamin, Elias, Frans, Gabriel, Hendrik, "
    "Kornelis, Melkias, Natan, Obed, Robert, Samuel, Thomas, Viktor, Yance, Zakarias, Marthen, Ferdinand"
)
_CHRISTIAN_FEMALE = _list(
    "Maria, Yohana, Johana, Marta, Martha, Elisabeth, Ester, Debora, Rut, Ruth, Yuliana, Juliana, Agustina, "
    "Bernadeta, Katarina, Kristina, Christina, Dorkas, Fransiska, Helena, Irene, Magdalena, Margaretha, "
    "Natalia, Paulina, Priskila, Rosalina, Selfina, Theresia, Veronika, Viktoria, Yosefina, Yuni, Adolfina"
)
_WESTERN_MALE = _list(
    "Andre, Budi, Denny, Eddy, Ferry, Hendra, Jimmy, Kevin, Lukas, Rudy, Steven, William"
)
_WESTERN_FEMALE = _list(
    "Angela, Cynthia, Diana, Felicia, Grace, Jessica, Linda, Melissa, Silvia, Vivian"
)


def _muslim(
    homes: str, last: str, *, male: str = "", female: str = "", middle: float = 0.2
) -> Culture:
    return Culture(
        homes=_list(homes),
        male=_list(male) + _ARABIC_MALE,
        female=_list(female) + _ARABIC_FEMALE,
        last_male=_list(last) + _ARABIC_LAST,
        last_female=_list(last) + _ARABIC_LAST_FEMALE,
        mononyms=0.04,
        middle=middle,
    )


def _christian(homes: str, last: str, *, middle: float = 0.25) -> Culture:
    return Culture(
        homes=_list(homes),
        male=_CHRISTIAN_MALE,
        female=_CHRISTIAN_FEMALE,
        last_male=_list(last),
        middle=middle,
        pilgrims=False,
    )


CULTURES = {
    "jawa": Culture(
        homes=("33", "34", "35"),
        male=_list(
            "Agus, Bambang, Budi, Joko, Djoko, Slamet, Sugeng, Sutrisno, Soetrisno, Suparman, Soeparman, "
            "Supriyadi, Suharto, Sukirno, Soekirno, Sumarno, Sunarto, Soenarto, Suwarno, Suyono, Tri, Dwi, "
            "Eko, Wahyu, Widodo, Yudi, Yulianto, Heru, Hendro, Hari, Harjo, Hardjo, Imam, Kuncoro, Mulyono, "
            "Moeljono, Nugroho, Prasetyo, Purnomo, Rudi, Teguh, Triyono, Untung, Wiyono, Aji, Adi, Arif, Bayu, "
            "Dimas, Galih, Indra, Krisna, Pandu, Rizal, Satrio, Tegar, Yoga, Gatot, Edi, Didik, Anang"
        ),
        female=_list(
            "Sri, Siti, Dwi, Tri, Endang, Ratna, Retno, Rini, Wahyuni, Wulan, Yuni, Yuliati, Sulastri, "
            "Soelastri, Sumiati, Suminah, Partini, Kartini, Lestari, Indah, Ika, Eka, Dian, Dewi, Diah, Dyah, "
            "Anik, Ani, Ambar, Nanik, Ningsih, Nining, Puji, Rahayu, Sari, Suci, Tutik, Titik, Umi, Winarsih, "
            "Woro, Yanti, Puspita, Mega, Intan, Galuh, Fitri, Ayu, Anggun, Laras, Kinanti, Hesti, Erna, Peni"
        ),
        last_male=_list(
            "Santoso, Susanto, Soesanto, Wibowo, Prasetyo, Prasetya, Nugroho, Setiawan, Setyawan, Saputro, "
            "Hartono, Hartanto, Utomo, Oetomo, Purwanto, Poerwanto, Raharjo, Rahardjo, Sutrisno, Suryanto, "
            "Widodo, Wicaksono, Wijaya, Widjaja, Yulianto, Budiman, Cahyono, Tjahjono, Gunawan, Haryanto, "
            "Irawan, Kurniawan, Kusuma, Laksono, Mulyadi, Moeljadi, Pamungkas, Permadi, Pratama, Priyono, "
            "Sasongko, Sudarmaji, Sudibyo, Sujatmiko, Sudjatmiko, Supriyanto, Triatmojo, Waluyo, Wahyudi"
        ),
        last_female=_list(
            "Lestari, Rahayu, Wulandari, Wulansari, Handayani, Hidayati, Astuti, Astutik, Kusumawati, "
            "Setyowati, Setiawati, Widayati, Widyastuti, Purwanti, Puspitasari, Puspita, Pratiwi, Utami, "
            "Oetami, Ningrum, Ningsih, Nuraini, Maharani, Mulyani, Moeljani, Kartikasari, Indrawati, "
            "Haryanti, Fitriana, Ekowati, Damayanti, Anggraini, Anggraeni, Agustin, Winarni, Yuniarti, Susanti"
        ),
        mononyms=0.13,
        middle=0.12,
    ),
    "sunda": Culture(
        homes=("32", "36"),
        male=_list(
            "Asep, Atep, Ade, Agus, Aang, Cecep, Tjetjep, Dadang, Dadan, Dede, Deden, Dedi, Deni, Didi, Dudung, "
            "Encep, Endang, Engkus, Gungun, Hendi, Iwan, Jajang, Jajat, Djadjat, Kusnadi, Maman, Nandang, "
            "Nana, Oman, Otong, Rahmat, Rachmat, Tatang, Tedi, Toto, Ujang, Udjang, Usep, Wawan, Yayat, Yana"
        ),
        female=_list(
            "Euis, Eulis, Ai, Ade, Cucu, Tjutju, Dede, Elis, Enung, Entin, Eti, Iis, Ida, Ika, Imas, Lilis, "
            "Neneng, Nani, Neng, Nia, Nunung, Rina, Rini, Siti, Teti, Titin, Wiwin, Yani, Yanti, Yayah, Yeni"
        ),
        last_male=_list(
            "Hidayat, Saepudin, Saefudin, Saepuloh, Saefulloh, Suhendar, Suherman, Suhendi, Sukmana, "
            "Setiawan, Supriatna, Permana, Nugraha, Mulyana, Moeljana, Kurnia, Komarudin, Iskandar, Hermawan, "
            "Gunawan, Firmansyah, Darmawan, Djatmika, Cahyadi, Budiana, Ruhiat, Rustandi, Sobandi, Sonjaya, "
            "Sutisna, Soetisna, Wahyudin, Wijaya, Widjaya, Yusuf, Zaenudin, Kosasih, Natawijaya, Suryana"
        ),
        last_female=_list(
            "Komalasari, Komariah, Kurniasih, Kurniawati, Lestari, Maryani, Mulyati, Nurhayati, Nuraeni, "
            "Nurjanah, Permatasari, Rahmawati, Rohaeti, Rohayati, Rostiana, Rosmiati, Sariningsih, Solihat, "
            "Suhaeti, Sukaesih, Sumiati, Suryani, Susilawati, Wulandari, Yuliani, Yulianti, Handayani, Rukmana"
        ),
        mononyms=0.07,
        middle=0.1,
    ),
    "betawi": _muslim(
        "31, 36",
        "Rojali, Sabeni, Marzuki, Mursidi, Nawawi, Hasbullah, Saidi",
        male="Rohmat, Sanusi, Mansur, Romli, Jaelani, Djaelani, Nasir",
        female="Rohimah, Nurlela, Masnah, Rodiah, Mardiah",
    ),
    "batak": _christian(
        "12",
        "Simanjuntak, Siregar, Sitorus, Situmorang, Sihombing, Silalahi, Simbolon, Sinaga, Sirait, "
        "Hutapea, Hutagalung, Hutabarat, Nainggolan, Napitupulu, Pangaribuan, Panjaitan, Manurung, Manalu, "
        "Marpaung, Lumbantobing, Lumban Gaol, Gultom, Ginting, Tarigan, Sembiring, Karo-Karo, Perangin-angin, "
        "Purba, Saragih, Damanik, Tambunan, Tampubolon, Aritonang, Butar-Butar, Rajagukguk, Pasaribu",
        middle=0.2,
    ),
    "mandailing": _muslim(
        "12", "Nasution, Lubis, Harahap, Siregar, Hasibuan, Rangkuti, Daulay, Pulungan, Batubara"
    ),
    "nias": _christian(
        "12",
        "Zebua, Telaumbanua, Harefa, Gulo, Laia, Zega, Hulu, Waruwu, Mendrofa, Lase, Halawa, Ndruru, Zai",
    ),
    "minang": _muslim(
        "13, 14",
        "Chaniago, Caniago, Koto, Piliang, Tanjung, Sikumbang, Jambak, Guci, Syafri, Syahrial, Zulfikar",
        male="Syafril, Afrizal, Yulizar, Yasril, Zulhendri, Darmansyah, Efrizal, Rinaldi, Asrul, Masril, Hendri",
        female="Yulidar, Yusnidar, Syamsidar, Desmawati, Gusnita, Elvira, Rosnida, Upik, Mira, Wirda, Zurnita",
    ),
    "melayu": _muslim(
        "14, 15, 16, 17, 19, 21, 61",
        "Alamsyah, Hamdani, Junaidi, Djunaidi, Kurniawan, Zulfadli, Ardiansyah, Firdaus, Syafrudin, Zuhri",
        male="Raja, Tengku, Said, Wan, Encik, Amran, Azwar, Hendri, Herman, Kemas, Masagus, Rusli, Sahrul, Syahril",
        female="Raja, Tengku, Wan, Cik, Nyimas, Masayu, Herlina, Misnawati, Rosmalinda, Yusnani, Zuraida, Erlina",
    ),
    "aceh": _muslim(
        "11",
        "Djalil, Jalil, Daud, Ibrahim, Ishak, Nyak Umar, Puteh, Yakob, Syahputra, Muda, Hasyim, Bardan",
        male="Teuku, T. Muhammad, Said, Muzakir, Munawar, Mukhlis, Muchlis, Nazaruddin, Zulfahmi, Razali, Samsul",
        female="Cut, Cut Nyak, Syarifah, Pocut, Mutia, Meutia, Nurlaila, Nuraini, Safrina, Rosniar, Raihan, Zahara",
    ),
    "lampung": _muslim(
        "18",
        "Ratu, Suttan, Gumanti, Alam, Pahlawan, Saleh, Yasin, Mega, Ibrahim",
        male="Andi, Hendrawan, Ansori, Hermansyah, Darlian, Erwin, Firmansyah, Riza",
        female="Elya, Desi, Meliana, Rosmala, Susi, Yulia, Mardiana, Herlinawati",
    ),
    "banjar": _muslim(
        "62, 63, 64",
        "Noor, Ansyari, Rahmadi, Syahrani, Jamhari, Barkati, Fadillah, Hasbi, Aspihani, Muhdi, Sabran",
        male="Gusti, Anang, Utuh, Akhmad, Aspul, Bahrudin, Hairani, Hairul, Husaini, Norhadi, Rusmadi, Syahrian",
        female="Gusti, Galuh, Norhayati, Noorlaila, Hairiah, Jumiati, Mahrita, Rusmini, Siti Noor, Raudah, Ihda",
    ),
    "dayak": _christian(
        "61, 62, 64, 65",
        "Tingang, Nihin, Djaga, Jaga, Lamiang, Mangku, Rangan, Ngau, Lawai, Bulan, Juk, Apui, Asang, Luhat, "
        "Usat, Bilung, Kilat, Sawang, Ringkai, Lambung, Narang, Sahay, Rampai, Undup, Gani, Nyarong, Uring",
    ),
    "bugis": _muslim(
        "73, 74, 76, 64, 65",
        "Mappasessu, Mappanganro, Tenri, Baso, Patarai, Parenrengi, Pallawa, Massewali, Nurdin, Mattalatta, "
        "Bachtiar, Palaguna, Mangkona, Tahir, Makkulau, Hamid, Amir, Syamsuddin, Rauf, Dg. Sitaba, Dg. Nai",
        male="Andi, Andi Muhammad, Baso, Ambo, Mappa, Sudirman, Syahrir, Jufri, Djufri, Amiruddin, Bahar, Hasanuddin, Ansar",
        female="Andi, Andi Tenri, Besse, Tenri, Hasnah, Hasnawati, Sitti, Rosmini, Nurhaedah, Nurjannah, Marwah",
    ),
    "toraja": _christian(
        "73, 76",
        "Rante, Tandi, Palimbong, Sampe, Bunga, Lembang, Pasulu, Tangke, Allo, Sarungallo, Batara, Rombe, "
        "Paembonan, Kombong, Mangiwa, Salombe, Tandirerung, Pakiding, Layuk, Patabang, Linggi",
    ),
    "minahasa": _christian(
        "71",
        "Lumenta, Mandagi, Rumengan, Wowor, Tumbelaka, Sondakh, Pangemanan, Karundeng, Lasut, Kalalo, "
        "Mamahit, Rondonuwu, Supit, Tangkudung, Wenas, Waworuntu, Kawilarang, Kaunang, Lengkong, Tulung, "
        "Makalew, Manoppo, Paat, Rorong, Runtuwene, Tambunan, Sumual, Warouw, Worang, Mangindaan, Kumaat",
    ),
    "gorontalo": _muslim(
        "75, 71",
        "Pakaya, Lamusu, Monoarfa, Tuna, Ishak, Daud, Hunowu, Mohamad, Kadir, Lihawa, Botutihe, Hulopi, Yasin, Biya",
        middle=0.35,
    ),
    "kaili": _muslim(
        "72, 74",
        "Lamarauna, Palimbui, Yotolembah, Pettalolo, Tombolotutu, Lawira, La Ode Hasan, Sarira, Silondae, Mokodompit",
        male="La Ode, La Ode Muhammad, Laode, Arsyad, Moh. Rum, Rizal, Sahrun, Suhardin, Asrun, Syahrudin, Muliadi",
        female="Wa Ode, Waode, Wa Ode Siti, Hasni, Nurmiati, Asmawati, Sartin, Marlina, Suhartin, Nurhidayah",
    ),
    "bali": Culture(
        homes=("51",),
        male=_list(
            "I Wayan, I Made, I Nyoman, I Ketut, I Putu, I Gede, I Kadek, I Komang, I Gusti Ngurah, I Gusti Made, "
            "Ida Bagus, Ida Bagus Made, Anak Agung Gede, Dewa Made, Dewa Putu, Cokorda Gede, Putu, Made"
        ),
        female=_list(
            "Ni Wayan, Ni Made, Ni Nyoman, Ni Ketut, Ni Luh, Ni Luh Putu, Ni Luh Ayu, Ni Kadek, Ni Komang, "
            "Ni Putu, Desak Made, Ida Ayu, Ida Ayu Made, I Gusti Ayu, Anak Agung Ayu, Luh Gede, Putu Ayu"
        ),
        last_male=_list(
            "Sudiarta, Suardana, Sukarta, Soekarta, Suartana, Sudana, Widana, Wirawan, Wijana, Astawa, Adnyana, "
            "Arnawa, Artana, Budiarta, Darmawan, Dharmawan, Jaya, Kusuma, Mahendra, Merta, Parwata, Pratama, "
            "Putra, Rai, Sedana, Suweca, Suwitra, Tirta, Wardana, Yasa, Arta Wijaya, Surya Dharma"
        ),
        last_female=_list(
            "Kartika, Suryani, Ariani, Astiti, Budiani, Darmayanti, Dewi, Indrawati, Juliantari, Kusumadewi, "
            "Laksmi, Mahayani, Murniati, Padmawati, Pratiwi, Puspawati, Rahayu, Sari, Sriasih, Suastini, "
            "Sukerti, Trisnawati, Udayani, Utari, Wahyuni, Widiastuti, Yuliani, Candra Dewi"
        ),
        pilgrims=False,
    ),
    "sasak": _muslim(
        "52",
        "Wirajaya, Suparman, Sahnan, Mahsun, Rinjani, Jayadi, Hamdi, Satriawan, Wiranata, Kertajaya, Fathurrahman",
        male="Lalu, Lalu Muhammad, Raden, Mamiq, Sahrul, Sapriadi, Haerudin, Jumawal, Mawardi, Arahman",
        female="Baiq, Baiq Nurul, Denda, Sahnim, Haerani, Jumratul, Maisarah, Sri Hidayati, Suhartini",
    ),
    "flobamora": _christian(
        "53",
        "Taolin, Bria, Seran, Manek, Nalle, Tukan, Keraf, Kleden, Rihi, Wondo, Lerik, Benu, Tefa, Nenobais, "
        "Fanggidae, Ndoen, Lada, Lobo, Bili, Ngongo, Umbu Deta, Rambu Kahi, Jehadut, Jelamu, Ngadut, Dhae, "
        "Djawa, Radja, Raja, Parera, Fernandez, da Silva, da Costa, Mau, Lau, Kolo, Lein",
    ),
    "ambon": _christian(
        "81",
        "Pattiasina, Matulessy, Sahetapy, Siahaya, Lekatompessy, Pattinama, Tahapary, Tomasoa, Latumeten, "
        "Lekahena, Hehanussa, Leatemia, Louhenapessy, Manuputty, Nanlohy, Nikijuluw, Pelupessy, Picauly, "
        "Rehatta, Salampessy, Sapulette, Siwalette, Soumokil, Talahatu, Tuhumury, Wattimena, Waisapy",
    ),
    "maluku": _muslim(
        "81, 82",
        "Latuconsina, Tuasikal, Ohorella, Tuanaya, Lestaluhu, Marasabessy, Umasugi, Marsaoly, Djafar, Jafar, "
        "Kotta, Sangaji, Kaimudin, Albaar, Assagaf, Bachmid, Samad, Muhammad Nur, Tomagola, Tutupoho",
        middle=0.3,
    ),
    "papua": _christian(
        "91, 92, 93, 94, 95, 96",
        "Rumbiak, Rumbekwan, Wanggai, Kambuaya, Yoku, Ohee, Wenda, Kogoya, Tabuni, Mote, Pekei, Gebze, "
        "Mahuze, Kaize, Wonda, Murib, Tekege, Yeimo, Ayomi, Mandacan, Dowansiba, Sawaki, Korwa, Mansnembra, "
        "Rumaropen, Yarangga, Kafiar, Kbarek, Bonay, Ondi, Suebu, Felle, Nauw, Bless, Howay, Kareth, Sagrim, "
        "Solossa, Itlay, Asso, Elopere, Heluka, Mabel, Uaga, Kossay, Dumatubun, Ndiken, Basik-Basik",
        middle=0.2,
    ),
    "tionghoa": Culture(
        homes=("12", "19", "21", "31", "33", "35", "61"),
        male=_WESTERN_MALE,
        female=_WESTERN_FEMALE,
        last_male=_list(
            "Wijaya, Widjaja, Halim, Tanuwijaya, Gunawan, Hartono, Lim, Tan, Salim, Setiawan, Kusuma, Tanoto, "
            "Sutanto, Soetanto, Limanto, Liem, Oei, Wibisono, Suwandi, Tedja, Teja, Onggo, Angkasa, Chandra"
        ),
        middle=0.15,
        pilgrims=False,
    ),
}
